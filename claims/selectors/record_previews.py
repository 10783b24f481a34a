"""What a merge or a split would move and how the numbers would change, for the page that asks "do it?"."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from metrics.selectors.merged_preview import MergedNumbers, cited_works, numbers_of_papers
from papers.models import Author, AuthorIdentifier, AuthorName, Authorship
from papers.models.identity import UNKNOWN_DATE

WORKS_SHOWN = 50
MOST_WORKS = 2_000


@dataclass(frozen=True, slots=True)
class RecordSide:
    """A record as it is: its numbers now, what it is known by, and how much of each kind it holds."""

    author: Author
    now: MergedNumbers
    identifiers: tuple[str, ...]
    names: tuple[str, ...]
    affiliations: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """`then` are the numbers of the record that stays; `shared` works stand on several of the bylines now."""

    sides: tuple[RecordSide, ...]
    then: MergedNumbers
    shared: int
    orcids: tuple[str, ...]


def merge_preview(author_ids: Sequence[int]) -> MergePreview:
    """Of records that stand, in the order given. Six queries and four a record."""
    authors = Author.objects.in_bulk(author_ids)
    identifiers = AuthorIdentifier.objects.filter(author__in=author_ids).order_by("scheme", "value")
    held = _by_author((row.author_id, str(row)) for row in identifiers)
    forms = AuthorName.objects.filter(author__in=author_ids).order_by("name", "pk")
    names = _by_author(forms.values_list("author_id", "name"))
    counted = Author.objects.filter(pk__in=author_ids).annotate(n=Count("affiliations")).order_by("pk")
    affiliations = dict(counted.values_list("pk", "n"))
    works = {pk: cited_works([pk]) for pk in author_ids}
    sides = tuple(
        RecordSide(
            authors[pk],
            numbers_of_papers(works[pk]),
            tuple(held.get(pk, ())),
            tuple(names.get(pk, ())),
            affiliations[pk],
        )
        for pk in author_ids
    )
    united = {paper: count for one in works.values() for paper, count in one.items()}
    orcids = sorted({text for side in sides for text in side.identifiers if text.startswith("orcid:")})
    return MergePreview(sides, numbers_of_papers(united), sum(map(len, works.values())) - len(united), tuple(orcids))


def _by_author(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for author_id, text in rows:
        found.setdefault(author_id, []).append(text)
    return found


@dataclass(frozen=True, slots=True)
class SplitWork:
    """A work of the record that may be split: with what tells one person from another."""

    paper_id: int
    title: str
    year: str
    printed: str
    others: str
    affiliation: str
    citations: int | None


def works_to_split(author_id: int, query: str = "") -> list[SplitWork]:
    """The record's works, newest first; with `words` those whose title, names or affiliation hold them. Two queries."""
    rows = list(
        Authorship.objects.filter(author=author_id)
        .order_by("-published_date", "-paper_id", "position")
        .values_list(
            "paper_id", "paper__title", "published_date", "printed_name", "raw_affiliation", "shown_citation_count"
        )[:MOST_WORKS]
    )
    others: dict[int, list[str]] = {}
    byline = Authorship.objects.filter(paper__in=[paper_id for paper_id, *_ in rows], position__lte=8).exclude(
        author=author_id
    )
    for paper_id, name in byline.order_by("paper", "position").values_list("paper_id", "printed_name"):
        others.setdefault(paper_id, []).append(name)
    works = [
        SplitWork(
            paper_id,
            title,
            str(day.year) if day != UNKNOWN_DATE else "",
            printed,
            ", ".join(others.get(paper_id, ())[:5]),
            affiliation,
            citations,
        )
        for paper_id, title, day, printed, affiliation, citations in rows
    ]
    wanted = query.casefold().split()
    return [w for w in works if all(word in _searched(w) for word in wanted)]


def _searched(work: SplitWork) -> str:
    return f"{work.title} {work.year} {work.printed} {work.others} {work.affiliation}".casefold()


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """The numbers of the record now and without the works; of the other record now (None: a new one) and with them."""

    source_now: MergedNumbers
    source_then: MergedNumbers
    target_now: MergedNumbers | None
    target_then: MergedNumbers


def split_preview(author_id: int, paper_ids: Collection[int], to_author_id: int | None) -> SplitPreview:
    """Of works that are the author's. Four queries a record."""
    cited = cited_works([author_id])
    moved = {paper: count for paper, count in cited.items() if paper in paper_ids}
    there = cited_works([to_author_id]) if to_author_id else None
    return SplitPreview(
        numbers_of_papers(cited),
        numbers_of_papers(cited, without=moved),
        numbers_of_papers(there) if there is not None else None,
        numbers_of_papers({**(there or {}), **moved}),
    )
