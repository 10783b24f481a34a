"""The versions of a work and the notices about it, as its page shows them."""

from dataclasses import dataclass
from datetime import date

from papers.domain.display import DateStyle, date_style, iso_date
from papers.models import Paper
from papers.selectors.addresses import address
from papers.selectors.locations import Location, locations_of
from papers.selectors.notices import Notice, notices_of


@dataclass(frozen=True, slots=True)
class ShownLocation:
    """A location with the address of its venue's page ("" without one) and its date in its own style."""

    location: Location
    venue_url: str
    published_iso: str
    published_style: DateStyle
    is_first: bool

    @property
    def host(self) -> str:
        """The name of the address where the version has no venue and no reference: "doi.org"."""
        return self.location.landing.partition("://")[2].partition("/")[0].removeprefix("www.")


def shown_locations(paper_id: int, *, today: date) -> tuple[ShownLocation, ...]:
    """One query."""
    return tuple(
        ShownLocation(
            one,
            address("S", one.venue_id, one.venue_name) if one.venue_id is not None else "",
            iso_date(one.published_date, one.published_precision),
            date_style(one.published_date, one.published_precision, today=today),
            one.position == 1,
        )
        for one in locations_of([paper_id]).get(paper_id, ())
    )


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice with its own page here, or its address elsewhere; both "" where it has neither."""

    notice: Notice
    page_url: str


def shown_notices(paper: Paper) -> tuple[ShownNotice, ...]:
    """One query where the paper bears a notice, none otherwise. What a curator set has no row of its own."""
    if not paper.notice:
        return ()
    found = notices_of([paper.pk]).get(paper.pk, [])
    if not any(one.kind == paper.notice for one in found):
        found = [Notice(paper.pk, paper.notice, "", "", None, "", "correction", None, ""), *found]
    return tuple(
        ShownNotice(one, address("W", one.notice_id, one.notice_title) if one.notice_id is not None else "")
        for one in found
    )
