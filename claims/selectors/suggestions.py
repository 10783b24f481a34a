"""Records that may be somebody's own, each with its reasons. Suggestions rank; they approve nothing."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from claims.domain.mail_domains import is_public_provider, is_within
from claims.domain.names import NameVerdict, name_verdict
from claims.models import Claim
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.ownership import owned_authors, record_ids
from common.db.sql import fetch
from metrics.models import AuthorMetrics
from papers.domain.names import name_words, parse_person_name
from papers.models import (
    Author,
    AuthorAffiliation,
    AuthorIdentifier,
    AuthorName,
    AuthorshipInstitution,
    Institution,
)
from papers.selectors.addresses import address

MOST_CANDIDATES = 300
MOST_SHOWN = 8

_SHARED_PEOPLE = """
WITH mine AS (
    SELECT DISTINCT c.author_id FROM papers_authorship o JOIN papers_authorship c ON c.paper_id = o.paper_id
    WHERE o.author_id = ANY(%(mine)s) AND c.author_id <> ALL(%(mine)s)
)
SELECT o.author_id, count(DISTINCT c.author_id)::int
FROM papers_authorship o JOIN papers_paper p ON p.id = o.paper_id AND p.author_count <= 100
JOIN papers_authorship c ON c.paper_id = o.paper_id AND c.author_id <> o.author_id
JOIN mine m ON m.author_id = c.author_id
WHERE o.author_id = ANY(%(candidates)s) GROUP BY 1
"""


class Reason(NamedTuple):
    """Why a record may be somebody's: the code of a sentence, with the name or the number that it gives."""

    code: Literal["orcid", "same_name", "like_name", "address", "people"]
    name: str = ""
    number: int = 0


@dataclass(slots=True)
class Suggestion:
    """A record that stands, what speaks for it being the person's, and a score that only orders them."""

    author: Author
    url: str
    works: int
    score: int = 0
    reasons: list[Reason] = field(default_factory=list)


def suggestions_for(user: User, *, most: int = MOST_SHOWN) -> list[Suggestion]:
    """The likeliest records first, without those that the person owns or has an open claim on."""
    orcid = authenticated_orcid(user)
    by_orcid = _with_orcid(orcid) if orcid else set()
    candidates = _candidates(user, by_orcid)
    if not candidates:
        return []
    works = dict(AuthorMetrics.objects.filter(author_id__in=candidates).values_list("author_id", "works_count"))
    found = {
        author.pk: Suggestion(author, address("A", author.pk, author.name), works.get(author.pk, 0))
        for author in candidates.values()
    }
    _weigh_orcid(found, by_orcid)
    _weigh_names(found, user)
    found = {pk: suggestion for pk, suggestion in found.items() if suggestion.reasons}  # another name is another person
    _weigh_addresses(found, user)
    _weigh_people(found, user)
    return sorted(found.values(), key=lambda s: (-s.score, -s.works, s.author.pk))[:most]


def _candidates(user: User, by_orcid: set[int]) -> dict[int, Author]:
    wanted = Q(pk__in=by_orcid)
    for family, initial in _family_readings(user.name):
        wanted |= Q(family_key=family, initials__startswith=initial)
    taken = Claim.objects.open().filter(user=user).values("author_id")
    rows = Author.objects.listed().filter(wanted).exclude(pk__in=taken)
    rows = rows.exclude(pk__in=owned_authors(user).values("pk")).order_by("pk")
    return {author.pk: author for author in rows[:MOST_CANDIDATES]}


def _family_readings(name: str) -> set[tuple[str, str]]:
    """(folded family name, first initial) as the name is printed, and read family name first."""
    words = name_words(name)
    if len(words) < 2:
        return set()
    keys = parse_person_name(name).keys
    readings = {(keys.family_key, keys.initials[:1])} if keys.initials else set()
    return readings | {(words[0], words[1][0]), (words[-1], words[0][0])}


def _with_orcid(orcid: str) -> set[int]:
    rows = AuthorIdentifier.objects.filter(scheme="orcid", value=orcid).select_related("author")
    return {row.author.canonical_id for row in rows.order_by("pk")}


def _weigh_orcid(found: dict[int, Suggestion], by_orcid: set[int]) -> None:
    for pk in by_orcid & set(found):
        found[pk].score += 100
        found[pk].reasons.append(Reason("orcid"))


def _weigh_names(found: dict[int, Suggestion], user: User) -> None:
    names: dict[int, list[str]] = defaultdict(list)
    for author_id, name in (
        AuthorName.objects.filter(author_id__in=found).order_by("pk").values_list("author_id", "name")
    ):
        names[author_id].append(name)
    for pk, suggestion in found.items():
        verdict = name_verdict(user.name, [suggestion.author.name, *names[pk]])
        if verdict is NameVerdict.SAME:
            suggestion.score += 30
            suggestion.reasons.append(Reason("same_name"))
        elif verdict is NameVerdict.COMPATIBLE:
            suggestion.score += 10
            suggestion.reasons.append(Reason("like_name", suggestion.author.name))


def _weigh_addresses(found: dict[int, Suggestion], user: User) -> None:
    """Institutions on the record's papers at which one of the person's own addresses is."""
    proved = EmailAddress.objects.filter(user=user, verified=True).order_by("pk").values_list("email", flat=True)
    hosts = {host for host in (mail.rpartition("@")[2].lower() for mail in proved) if not is_public_provider(host)}
    if not hosts:
        return
    affiliations: dict[int, set[int]] = defaultdict(set)
    on_papers = AuthorshipInstitution.objects.filter(authorship__author_id__in=found).order_by("pk")
    for author_id, affiliation in on_papers.values_list("authorship__author_id", "institution_id"):
        affiliations[author_id].add(affiliation)
    stated = AuthorAffiliation.objects.filter(author_id__in=found).order_by("pk")
    for author_id, affiliation in stated.values_list("author_id", "institution_id"):
        affiliations[author_id].add(affiliation)
    every = {affiliation for ids in affiliations.values() for affiliation in ids}
    rows = Institution.objects.filter(pk__in=every, status="active").order_by("pk")
    names = {row.pk: row.name for row in rows if any(is_within(h, d) for h in hosts for d in row.domains)}
    for author_id, ids in affiliations.items():
        for affiliation in sorted(ids & set(names))[:1]:
            found[author_id].score += 40
            found[author_id].reasons.append(Reason("address", names[affiliation]))


def _weigh_people(found: dict[int, Suggestion], user: User) -> None:
    """Co-authors shared with a record that is the person's already, or that their iD leads to."""
    likely = [pk for pk, suggestion in found.items() if suggestion.score >= 100]
    mine = record_ids([*owned_authors(user).values_list("pk", flat=True), *likely])
    others = [pk for pk in found if pk not in mine]
    if not mine or not others:
        return
    for author_id, people in fetch(_SHARED_PEOPLE, {"mine": mine, "candidates": others}):
        found[author_id].score += min(30, 10 + 5 * people)
        found[author_id].reasons.append(Reason("people", number=people))
