"""A small record made at random, and every author's numbers in plain Python: what the SQL must agree with."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from metrics.formulas import counts, indices
from metrics.formulas.coverage import lack_is_evidence
from papers.models import (
    Author,
    Authorship,
    Category,
    Citation,
    Paper,
    PaperCategory,
    ReportedCitations,
    Topic,
)

UNKNOWN = date.min


@dataclass
class Record:
    """Rows by id, as Python knows them."""

    papers: dict[int, Paper] = field(default_factory=dict)
    authors: list[Author] = field(default_factory=list)
    bylines: list[tuple[int, int]] = field(default_factory=list)
    citations: set[tuple[int, int]] = field(default_factory=set)


def make_record(seed: int, *, papers: int = 60, authors: int = 25, citations: int = 400) -> Record:
    """Random papers, some undated; bylines that may name one author twice; citations, the early ones most cited."""
    chance = random.Random(seed)
    categories = [Category.objects.create(code=f"x{seed}.C{n}", name=f"Field {n}") for n in range(3)]
    for category in categories:
        Topic.objects.create(name=category.name, key=f"arxiv:{category.code}", category=category)
    record = Record(authors=[make_author(f"Person {seed} {n}") for n in range(authors)])
    for n in range(papers):
        published = date(chance.randint(2008, 2026), chance.randint(1, 12), 3) if chance.random() > 0.1 else None
        add_paper(record, chance, f"Paper {seed} {n}", published, chance.choice([*categories, None]))
    ids = sorted(record.papers)
    for _ in range(citations):
        cite(record, chance.choice(ids), ids[int(len(ids) * chance.random() ** 2)])
    return record


def make_author(name: str) -> Author:
    return Author.objects.create(name=name, key=name.lower(), family_key=name.lower(), search_text=name.lower())


def add_paper(
    record: Record, chance: random.Random, title: str, published: date | None, category: Category | None
) -> Paper:
    team = [chance.choice(record.authors) for _ in range(chance.randint(1, 5))]
    reported = chance.randint(0, 30) if chance.random() < 0.2 else None
    paper = Paper.objects.create(
        title=title,
        kind="article",
        published_date=published,
        published_precision="D" if published else "",
        primary_category=category,
        author_count=len(team),
        reported_citation_count=reported,
    )
    if reported is not None:
        ReportedCitations.objects.create(paper=paper, source="test", count=reported)
    if category is not None:
        PaperCategory.objects.create(paper=paper, category=category, position=1, published_date=published or UNKNOWN)
    for position, author in enumerate(team, 1):
        Authorship.objects.create(
            paper=paper,
            position=position,
            author=author,
            printed_name=author.name,
            published_date=published or UNKNOWN,
        )
        record.bylines.append((paper.pk, author.pk))
    record.papers[paper.pk] = paper
    return paper


def cite(record: Record, citing: int, cited: int) -> None:
    if citing != cited and (citing, cited) not in record.citations:
        Citation.objects.create(citing_id=citing, cited_id=cited, source="test")
        record.citations.add((citing, cited))


def heirs() -> dict[int, int]:
    """Which author each record counts for."""
    return {pk: heir or pk for pk, heir in Author.objects.values_list("pk", "merged_into_id")}


def expected(record: Record, year: int) -> dict[int, dict]:
    """Every standing author's figures by the pure formulas."""
    heir = heirs()
    counted: dict[int, list[int]] = defaultdict(list)
    for citing, cited in record.citations:
        counted[cited].append(citing)
    teams: dict[int, set[int]] = defaultdict(set)
    for paper, author in record.bylines:
        teams[paper].add(heir[author])
    works: dict[int, set[int]] = {author: set() for author in set(heir.values())}
    for paper, team in teams.items():
        for author in team:
            works[author].add(paper)
    covered = coverage(record)
    reported = {pk: paper.reported_citation_count for pk, paper in record.papers.items()}
    year_of = {pk: paper.published_year for pk, paper in record.papers.items()}
    known = {pk: len(counted[pk]) or (0 if covered[pk] else None) for pk in record.papers}
    return {
        author: _figures(own, known, reported, year_of, counted, teams, covered, year) for author, own in works.items()
    }


def field_of(paper: Paper) -> str:
    category = paper.primary_category
    return f"{category.scheme}:{category.code.split('.')[0]}" if category else ""


def coverage(record: Record) -> dict[int, tuple[int, int] | None]:
    """For each paper that nothing need cite to be known as uncited: the first and last year that were counted."""
    listed = {citing for citing, _cited in record.citations}
    groups = [(field_of(paper), paper.published_year, paper.pk in listed) for paper in record.papers.values()]
    found: dict[int, tuple[int, int] | None] = {}
    for paper in record.papers.values():
        own = [group for group in groups if group[0] == field_of(paper) and group[1] is not None]
        found[paper.pk] = None
        if paper.published_year is None:
            continue
        later = [is_listed for _field, year, is_listed in own if year >= paper.published_year]
        if lack_is_evidence(len(later), sum(later)):
            of_year = {y: [is_listed for _f, year, is_listed in own if year == y] for _f, y, _l in own}
            years = [y for y, lists in of_year.items() if lack_is_evidence(len(lists), sum(lists))]
            found[paper.pk] = (min(years), max(years)) if years else (9999, -9999)
    return found


def _figures(own, known, reported, year_of, counted, teams, covered, year) -> dict:
    _kind, cites = counts.one_kind([{"counted": known[paper], "test": reported[paper]} for paper in sorted(own)])
    spans = [covered[paper] for paper in own if covered[paper]]
    first, last = min((a for a, _ in spans), default=9999), max((b for _, b in spans), default=-9999)
    is_counted_now = 2 * sum(b >= year - 1 for _, b in spans) >= len(own) > 0
    published = [year_of[paper] for paper in sorted(own)]
    citing_years = [year_of[citing] for paper in own for citing in counted[paper]]
    works_by_year = {y: published.count(y) for y in set(published) if y is not None}
    cited_by_year = {y: citing_years.count(y) for y in set(citing_years) if y is not None}
    return {
        "works_count": len(own),
        "cited_by_count": counts.citations_all(cites),
        "known_count": sum(figure is not None for figure in cites),
        "h_index": indices.h_index(cites),
        "g_index": indices.g_index(cites),
        "i10_index": indices.i10_index(cites),
        "h5_index": indices.h_index_5y(cites, published, year),
        "citations_5y": counts.citations_5y(citing_years if is_counted_now else None, year),
        "counts_by_year": [
            [y, works_by_year.get(y, 0), cited_by_year.get(y) or (0 if first <= y <= last else None)]
            for y in sorted({*works_by_year, *cited_by_year})
        ],
        "self_citation_count": counts.self_citations(
            (teams[citing], teams[paper]) for paper in own for citing in counted[paper]
        ),
    }


TABLES = {
    "metrics_citationcoverage": "field, year",
    "metrics_papermetrics": "paper_id",
    "metrics_authormetrics": "author_id",
    "metrics_referenceset": "category_id, kind, year",
    "metrics_entitymetrics": "kind, object_id",
    "metrics_authorsnapshot": "author_id, month",
}


def stored() -> dict[str, list[str]]:
    """Every stored number, row by row, without row ids and the time it was written."""
    found = {}
    with connection.cursor() as cursor:
        for table, order in TABLES.items():
            cursor.execute(f"SELECT (to_jsonb(t) - 'computed_at' - 'id')::text FROM {table} t ORDER BY {order}")
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def forget_numbers() -> None:
    """Empty every table of numbers."""
    with connection.cursor() as cursor:
        for table in (*TABLES, "metrics_papervector"):
            cursor.execute(f"DELETE FROM {table}")
