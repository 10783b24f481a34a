"""What the formulas are fed with: one row for each of an author's works, and their titles where they are listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from common.db.sql import fetch_as
from metrics.formulas.counts import one_kind
from metrics.presenters.explanations import Cell, Words
from metrics.selectors.merged_preview import COUNTED
from papers.models import Paper
from papers.selectors.addresses import address

_SQL = """
WITH works AS (
    SELECT DISTINCT s.paper_id FROM papers_authorship s
    JOIN canonical_author a ON a.id = s.author_id
    WHERE a.id = %(author)s OR a.merge_target_id = %(author)s
)
SELECT p.id AS paper_id, date_part('year', p.published_date)::int AS year, p.counted_citation_count AS counted,
       (SELECT jsonb_object_agg(r.source, r.count) FROM papers_reportedcitations r WHERE r.paper_id = p.id) AS reported,
       m.counted_until, coalesce(m.self_citation_count, 0) AS from_self, coalesce(m.citing_years, '{}') AS citing_years,
       coalesce(m.citing_counts, '{}') AS citing_counts, m.fwci, m.novelty, m.ai_score,
       coalesce(m.novelty_unknown, 'waiting') AS novelty_unknown, coalesce(m.ai_unknown, 'waiting') AS ai_unknown
FROM works w JOIN papers_paper p ON p.id = w.paper_id
LEFT JOIN metrics_papermetrics m ON m.paper_id = p.id
ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """One work. `citing_years` and `citing_counts` run side by side; a score is None when it is unknown.

    `figure` is the citation figure of the kind that the author's numbers are over, `counted` of works here; None when
    not known. `counted_until`: the last year whose citations are counted here, None where the lack of any is no evidence.
    """

    paper_id: int
    year: int | None
    figure: int | None
    counted: int | None
    counted_until: int | None
    from_self: int
    citing_years: Sequence[int]
    citing_counts: Sequence[int]
    fwci: float | None
    novelty: float | None
    ai_score: float | None
    novelty_unknown: str
    ai_unknown: str


class _Row(NamedTuple):
    """A work as the statement answers; `reported` is JSON, citations by source."""

    paper_id: int
    year: int | None
    counted: int | None
    reported: str | None
    counted_until: int | None
    from_self: int
    citing_years: Sequence[int]
    citing_counts: Sequence[int]
    fwci: float | None
    novelty: float | None
    ai_score: float | None
    novelty_unknown: str
    ai_unknown: str


def works_facts(author_id: int) -> tuple[str, tuple[WorkFacts, ...]]:
    """The kind of figures, "" without any, and every work of the author and of the records merged into it, once, the
    most cited first; one query.
    """
    rows = fetch_as(_Row, _SQL, {"author": author_id})
    kind, figures = one_kind([{COUNTED: row.counted, **orjson.loads(row.reported or "{}")} for row in rows])
    works = []
    for row, figure in zip(rows, figures, strict=True):
        facts = row._asdict()
        del facts["reported"]
        works.append(WorkFacts(figure=figure, **facts))
    return kind, tuple(
        sorted(works, key=lambda work: (-1 if work.figure is None else work.figure, -work.paper_id), reverse=True)
    )


def titles_of(paper_ids: Iterable[int]) -> dict[int, Cell]:
    """The titles of these papers as cells that lead to them; one query."""
    rows = Paper.objects.filter(pk__in=list(paper_ids)).values_list("pk", "title", "title_html")
    return {pk: Cell(title, address("W", pk, title), html) for pk, title, html in rows}


def title_rows(works: Sequence[WorkFacts], cells: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """A table row for each work: its title and year, then the cells given for it."""
    titles = titles_of(work.paper_id for work in works)
    return tuple(
        (titles[work.paper_id], Cell(str(work.year or "–"), is_number=True), *own)
        for work, own in zip(works, cells, strict=True)
        if work.paper_id in titles
    )


def reasons_table(codes: Iterable[Words]) -> list[tuple[Words, int]]:
    """How many works each reason holds for, the most first."""
    counted: dict[Words, int] = {}
    for code in codes:
        counted[code] = counted.get(code, 0) + 1
    return sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))
