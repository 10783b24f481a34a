"""The numbers of institutions, topics and sources: as computed last, or counted now where that has not been done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.db.sql import fetch
from metrics.models import EntityKind, EntityMetrics
from metrics.selectors.entities import entity_numbers, figures_of

KINDS = {"I": EntityKind.INSTITUTION, "T": EntityKind.TOPIC, "S": EntityKind.VENUE}

# The works of each kind, once each.
_WORKS = {
    "I": "SELECT DISTINCT institution_id AS owner, paper_id FROM papers_authorshipinstitution"
    " WHERE institution_id = ANY(%(ids)s)",
    "T": "SELECT topic_id AS owner, paper_id FROM papers_papertopic WHERE topic_id = ANY(%(ids)s)"
    " UNION SELECT t.id, pc.paper_id FROM papers_topic t JOIN papers_papercategory pc USING (category_id)"
    " WHERE t.id = ANY(%(ids)s)",
    "S": "SELECT venue_id AS owner, id AS paper_id FROM canonical_paper WHERE venue_id = ANY(%(ids)s) AND is_canonical",
}
_TOTALS = "SELECT w.owner, count(*) FROM ({works}) w GROUP BY 1"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many works one has, and how they are cited; `stored` is None until that is computed."""

    works_count: int
    stored: EntityMetrics | None

    @property
    def cited_by_count(self) -> int | None:
        return self.stored.cited_by_count if self.stored else None

    @property
    def citation_figures(self) -> dict[str, Any]:
        return figures_of(self.stored.figures, self.stored.known_count) if self.stored else figures_of("", 0)

    @property
    def summary_stats(self) -> dict[str, Any]:
        stored = self.stored
        return {
            "2yr_mean_citedness": stored.mean_citedness_2y if stored else None,
            "h_index": stored.h_index if stored else None,
            "i10_index": stored.i10_index if stored else None,
        }

    @property
    def counts_by_year(self) -> list[dict[str, int | None]]:
        """Works published and citations from works here by year, newest first."""
        return [
            {"year": year, "works_count": works, "cited_by_count": cited}
            for year, works, cited in reversed(self.stored.counts_by_year if self.stored else [])
        ]


def numbers_of(letter: str, ids: Sequence[int]) -> dict[int, Numbers]:
    """The numbers of each. One query, one more where something is not computed yet or has no works."""
    stored = entity_numbers(KINDS[letter], ids)
    numbers = {pk: Numbers(row.works_count, row) for pk, row in stored.items()}
    missing = [pk for pk in ids if pk not in numbers]
    if missing:
        counted = dict(fetch(_TOTALS.format(works=_WORKS[letter]), {"ids": missing}))
        numbers |= {pk: Numbers(counted.get(pk, 0), None) for pk in missing}
    return numbers
