""" "Who could I work with?": candidates in order, each with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from collaborations.domain.similarity import Match, Subjects, common, complement, complementary, ranked, similarity
from collaborations.models import ModerationAction
from collaborations.selectors.identities import PublicIdentity, identity_of
from collaborations.selectors.matching import OpenPerson, Ties, cosines, counts, open_people, ties
from metrics.models import AuthorMetrics
from papers.domain.public_ids import encode
from papers.models import Author, Category, Institution, Topic

SHOWN = 30
NAMED = 3
NEAR_TEXTS = 0.6


class Reason(NamedTuple):
    """Why somebody is a candidate: the code of a sentence, with the names or the number that it gives."""

    code: Literal["topics", "field", "abstracts", "joint_works", "people", "new_topics", "institution"]
    names: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to work with: who, why, and what they take invitations for. `institution` is "" when none is known."""

    identity: PublicIdentity
    public_id: str
    institution: str
    purposes: tuple[str, ...]
    note: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """What the reasons name, by id."""

    topics: dict[int, str]
    categories: dict[int, str]
    people: dict[int, str]
    institutions: dict[int, str]

    @staticmethod
    def listed(names: dict[int, str], ids: Iterable[int]) -> str:
        return ", ".join([names[pk] for pk in ids if pk in names][:NAMED])


def candidates_for(author: Author, *, user_id: int, purpose: str, now: datetime) -> tuple[Candidate, ...]:
    """Best first, at most 30. Nine queries however many are open; none of them reads a citation or a score."""
    numbers = AuthorMetrics.objects.filter(author=author).first()
    if numbers is None:
        return ()
    mine = Subjects(counts(numbers.top_topics), counts(numbers.top_categories))
    my_institution_ids = set(list(counts(numbers.institutions))[:2])
    people = _without_suspended(open_people(user_id=user_id, author_id=author.pk, purpose=purpose), now)
    others = [person.author_id for person in people]
    near, tied = (
        (cosines(author_id=author.pk, others=others), ties(author_id=author.pk, others=others)) if others else ({}, {})
    )
    rows = [
        (
            person,
            person.author_id,
            _match(mine, my_institution_ids, person, near.get(person.author_id), tied.get(person.author_id)),
        )
        for person in people
    ]
    best = ranked(rows)[:SHOWN]
    names = _names_of(mine, best, tied)
    authors = Author.objects.select_related("metrics").in_bulk([person.author_id for person, _match in best])
    return tuple(
        _candidate(authors[person.author_id], person, match, mine, tied.get(person.author_id, Ties()), names)
        for person, match in best
        if person.author_id in authors
    )


def _match(
    mine: Subjects, my_institution_ids: set[int], person: OpenPerson, cosine: float | None, tie: Ties | None
) -> Match:
    tie = tie or Ties()
    return Match(
        similarity=similarity(mine, person.subjects, cosine=cosine),
        cosine=cosine,
        joint_works=tie.joint_works,
        between=len(tie.between),
        complement=complement(mine, person.subjects),
        is_same_institution=bool(my_institution_ids & set(person.institutions)),
    )


def _without_suspended(people: list[OpenPerson], now: datetime) -> list[OpenPerson]:
    """Somebody whom curators hold back now is not offered. A lifted suspension keeps out until its end would have come."""
    ids = [person.user_id for person in people]
    held = ModerationAction.objects.filter(about_id__in=ids, kind=ModerationAction.Kind.SUSPEND, until__gt=now)
    away = set(held.values_list("about_id", flat=True))
    return [person for person in people if person.user_id not in away]


def _names_of(mine: Subjects, best: list[tuple[OpenPerson, Match]], tied: dict[int, Ties]) -> _Names:
    topics: set[int] = set()
    categories: set[int] = set()
    people: set[int] = set()
    institutions: set[int] = set()
    for person, _match in best:
        topics |= {
            *common(mine.topics, person.subjects.topics)[:NAMED],
            *complementary(mine, person.subjects)[:NAMED],
        }
        categories |= set(common(mine.categories, person.subjects.categories)[:NAMED])
        people |= set(tied.get(person.author_id, Ties()).between[:NAMED])
        institutions |= set(person.institutions)
    return _Names(
        dict(Topic.objects.filter(pk__in=topics).values_list("pk", "name")),
        {c.pk: c.full_name for c in Category.objects.filter(pk__in=categories)},
        dict(Author.objects.filter(pk__in=people, is_listed=True).values_list("pk", "name")),
        dict(Institution.objects.filter(pk__in=institutions).values_list("pk", "name")),
    )


def _candidate(author: Author, person: OpenPerson, match: Match, mine: Subjects, tie: Ties, names: _Names) -> Candidate:
    identity = identity_of(author)
    assert identity is not None
    return Candidate(
        identity,
        encode("A", author.pk),
        names.listed(names.institutions, person.institutions[:1]),
        person.purposes,
        person.note,
        tuple(_reasons(person, match, mine, tie, names)),
    )


def _reasons(person: OpenPerson, match: Match, mine: Subjects, tie: Ties, names: _Names) -> Iterable[Reason]:
    """Why, the strongest side first; each names what it rests on."""
    if shared := names.listed(names.topics, common(mine.topics, person.subjects.topics)):
        yield Reason("topics", shared)
    elif shared := names.listed(names.categories, common(mine.categories, person.subjects.categories)):
        yield Reason("field", shared)
    if match.cosine is not None and match.cosine >= NEAR_TEXTS:
        yield Reason("abstracts")
    if match.joint_works:
        yield Reason("joint_works", number=match.joint_works)
    if between := names.listed(names.people, tie.between):
        yield Reason("people", between)
    if new := names.listed(names.topics, complementary(mine, person.subjects)):
        yield Reason("new_topics", new)
    if match.is_same_institution and (institution := names.listed(names.institutions, person.institutions)):
        yield Reason("institution", institution)
