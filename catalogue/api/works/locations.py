"""Where works are found and which notices there are about them, in the API's shape."""

from collections.abc import Sequence
from typing import Any

from papers.domain.uris import record_uri
from papers.selectors.locations import Location, best_open
from papers.selectors.notices import Notice

type Row = dict[str, Any]


def locations_row(locations: Sequence[Location], *, origin: str) -> Row:
    """The fields of a work that say where it is found and on which pages."""
    rows = [_location(one, origin) for one in locations]
    free = best_open(locations)
    first = locations[0] if locations else None
    return {
        "primary_location": rows[0] if rows else None,
        "best_oa_location": _location(free, origin) if free else None,
        "locations": rows,
        "locations_count": len(rows),
        "biblio": _biblio(first),
    }


def _location(one: Location, origin: str) -> Row:
    return {
        "landing_page_url": one.landing or None,
        "pdf_url": one.pdf or None,
        "source": _source(one, origin),
        "raw_source_name": one.stated_venue or one.reference or None,
        "license": one.license or None,
        "is_oa": one.is_open,
        "version": f"{one.version}Version" if one.version else None,
        "is_accepted": one.version in ("accepted", "published") if one.version else None,
        "is_published": one.version == "published" if one.version else None,
        "type": one.kind or None,
        "publication_date": one.published_date,
    }


def _source(one: Location, origin: str) -> Row | None:
    if one.venue_id is None:
        return None
    return {
        "id": record_uri(origin, "S", one.venue_id),
        "display_name": one.venue_name,
        "issn_l": one.issns[0] if one.issns else None,
        "issn": list(one.issns) or None,
        "type": one.venue_kind or None,
        "host_organization_name": one.venue_publisher or one.publisher or None,
    }


def _biblio(first: Location | None) -> Row:
    stated = {
        "volume": first and first.volume,
        "issue": first and first.issue,
        "first_page": first and first.first_page,
        "last_page": first and first.last_page,
        "article_number": first and first.article_number,
        "publisher": first and first.publisher,
        "book_title": first and first.book_title,
        "edition": first and first.edition,
    }
    return {
        **{name: value or None for name, value in stated.items()},
        "isbn": first.isbns.split() if first else [],
    }


def notices_row(notices: Sequence[Notice], *, origin: str) -> list[Row]:
    """Notices about a work: each with its kind, day, address elsewhere and, where it is a work here, its own id."""
    return [
        {
            "kind": one.kind,
            "date": one.notice_date,
            "url": one.url or None,
            "work": record_uri(origin, "W", one.notice_id) if one.notice_id else None,
            "reason": one.reason or None,
        }
        for one in notices
    ]
