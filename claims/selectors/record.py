"""What of a record evidence is held against: its names, iDs, works, institutions and printed addresses."""

import re
from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit

from django.db.models import Max, Q, QuerySet

from claims.domain.mail_domains import Affiliation, canonical_address, canonical_host, is_shared_host
from claims.selectors.ownership import record_ids, records_of
from papers.models import (
    Author,
    AuthorAffiliation,
    AuthorIdentifier,
    AuthorName,
    Authorship,
    AuthorshipInstitution,
    Correction,
    Institution,
    InstitutionRelation,
    Paper,
    PaperIdentifier,
    RecordKind,
)
from papers.models.identity import UNKNOWN_DATE

MOST_WORKS = 5_000
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def names_of(author_id: int) -> list[str]:
    """Every form of the name that a source states or a curator set, the record's own first.

    What an owner calls themselves is not among them: a name that somebody typed proves nothing about them.
    """
    ids = record_ids([author_id])
    own_words = dict(
        Correction.objects.filter(
            kind=RecordKind.AUTHOR, object_id__in=ids, field="name", is_own_word=True
        ).values_list("object_id", "imported_value")
    )
    rows = Author.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")
    names = [str(own_words.get(pk) or "") if pk in own_words else name for pk, name in rows]
    names += AuthorName.objects.filter(author_id__in=ids).order_by("pk").values_list("name", flat=True)
    return list(dict.fromkeys(name for name in names if name))


def known_names_of(author_id: int) -> list[str]:
    """The forms a claimant's name is held against: without those kept private, which the answer would give away."""
    author = Author.objects.get(pk=author_id)
    return [author.name] if author.has_private_names else names_of(author_id)


def orcids_of(author_id: int) -> list[str]:
    """The ORCID iDs that sources state for the record, in canonical form."""
    rows = AuthorIdentifier.objects.filter(author_id__in=records_of([author_id]), scheme="orcid")
    return list(rows.order_by("pk").values_list("value", flat=True))


def works_of(author_id: int, among: Collection[int] = ()) -> QuerySet[Paper]:
    """The record's works; `among`, here as below, are row ids of papers that a claim is limited to, () for no limit."""
    ids = Authorship.objects.filter(_among(among), author_id__in=records_of([author_id])).values("paper_id")
    return Paper.objects.filter(pk__in=ids)


def _among(paper_ids: Collection[int]) -> Q:
    return Q(paper_id__in=paper_ids) if paper_ids else Q()


def identifiers_of(
    author_id: int, among: Collection[int] = ()
) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]], int]:
    """(work, scheme, value) and (work, title) of the record's works, and how many works there are."""
    works = works_of(author_id, among)
    titles = list(works.order_by("pk").values_list("pk", "title")[:MOST_WORKS])
    rows = PaperIdentifier.objects.filter(paper_id__in=[pk for pk, _ in titles], scheme__in=["doi", "arxiv"])
    return list(rows.order_by("pk").values_list("paper_id", "scheme", "value")), titles, len(titles)


def affiliations_of(author_id: int, among: Collection[int] = ()) -> list[Affiliation]:
    """Institutions on the record's papers and what they are parts of, the latest first, each with its domains.

    What sources state of a whole record says nothing of a part of its works.
    """
    records = records_of([author_id])
    on_papers = (
        AuthorshipInstitution.objects.filter(_among(among), authorship__author_id__in=records)
        .values("institution_id")
        .annotate(latest=Max("published_date"))
        .order_by("institution_id")
    )
    years = {row["institution_id"]: _year(row["latest"]) for row in on_papers}
    stated = AuthorAffiliation.objects.filter(author_id__in=records, position=1).order_by("pk")
    for institution_id in () if among else stated.values_list("institution_id", flat=True):
        years.setdefault(institution_id, None)
    # A hospital's or department's people have addresses of the university that it is a part of.
    above = InstitutionRelation.objects.filter(child_id__in=list(years)).order_by("pk")
    for parent_id, child_id in above.values_list("parent_id", "child_id"):
        years[parent_id] = max(years.get(parent_id) or 0, years[child_id] or 0) or None
    rows = Institution.objects.filter(pk__in=list(years)).order_by("pk")
    affiliations = [_affiliation(row, years[row.pk]) for row in rows]
    return sorted(affiliations, key=lambda affiliation: (-(affiliation.last_year or 0), affiliation.institution_id))


def printed_addresses(author_id: int, among: Collection[int] = ()) -> dict[str, str]:
    """Addresses that stand in the affiliations which sources print for this author, each with the printed name."""
    rows = Authorship.objects.filter(
        _among(among), author_id__in=records_of([author_id]), raw_affiliation__contains="@"
    )
    found: dict[str, str] = {}
    for name, text in rows.order_by("pk").values_list("printed_name", "raw_affiliation")[:MOST_WORKS]:
        for match in _ADDRESS.findall(text):
            if canonical := canonical_address(match.rstrip(".")):
                found.setdefault(canonical, name)
    return found


def _year(latest: date) -> int | None:
    return None if latest == UNKNOWN_DATE else latest.year


def _affiliation(row: Institution, year: int | None) -> Affiliation:
    listed = [canonical_host(domain) for domain in row.domains if isinstance(domain, str)]
    return Affiliation(
        institution_id=row.pk,
        name=row.name,
        domains=tuple(filter(None, listed or [_homepage_host(row.homepage_url)])),
        last_year=year,
        is_active=row.status == "active",
    )


def _homepage_host(url: str) -> str:
    """The host of a website that is a whole host's, where the register lists no domain; "" for a page on another's."""
    parts = urlsplit(url)
    if parts.path not in {"", "/"} or parts.query:
        return ""
    host = canonical_host(parts.hostname or "").removeprefix("www.")
    return "" if is_shared_host(host) else host
