"""What topic, institution and venue pages share: their works, people and numbers over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.selectors.entity_numbers import EntityNumbers, entity_numbers
from catalogue.selectors.works_of import Works
from common.db.keyset import page_of, read_cursor
from common.rendering.charts import WIDE, YearChart, year_chart
from metrics.selectors.card_scores import scored_cards
from papers.selectors.cards import PaperCard

WORKS_SHOWN = 20
MOST_SORTED_BY_CITATIONS = 20_000  # beyond it the order would take longer than a reader waits


@dataclass(frozen=True, slots=True)
class EntityWorks:
    """The addresses are query strings, "" where the list ends."""

    numbers: EntityNumbers
    chart: YearChart | None
    cards: tuple[PaperCard, ...]
    sort: str
    sorts: tuple[tuple[str, str], ...]
    next_address: str
    previous_address: str


def entity_works(
    works: Works, asked: Mapping[str, str], *, today: date, institution_id: int | None = None
) -> EntityWorks:
    """Four queries, six before the first refresh. `institution_id` counts only the people who stood there. Raises InvalidCursor."""
    numbers = entity_numbers(works, institution_id=institution_id)
    can_sort = numbers.works_count <= MOST_SORTED_BY_CITATIONS
    sort = "cited" if can_sort and asked.get("sort") == "cited" else "newest"
    order = works.cited if sort == "cited" else works.newest
    cursor = read_cursor(order, after=asked.get("after", ""), before=asked.get("before", ""))
    page = page_of(works.rows, order=order, cursor=cursor, size=WORKS_SHOWN)
    prefix = "?sort=cited&" if sort == "cited" else "?"
    return EntityWorks(
        numbers=numbers,
        chart=year_chart(numbers.years, width=WIDE),
        cards=scored_cards(page.ids, today=today),
        sort=sort,
        sorts=(("newest", "?"), ("cited", "?sort=cited")) if can_sort and numbers.works_count > 1 else (),
        next_address=f"{prefix}after={page.next_cursor}" if page.next_cursor else "",
        previous_address=f"{prefix}before={page.previous_cursor}" if page.previous_cursor else "",
    )
