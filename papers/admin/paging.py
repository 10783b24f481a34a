"""Pages of long lists: a count that costs nothing, and no page so deep that the database would crawl to it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from common.db.sql import fetch_value
from papers.admin.bases import AnyPaginator

MOST_PAGES = 100
COUNTED = 10_000


class EstimatingPaginator(AnyPaginator):
    """Counts exactly up to 10,000. Beyond, an unfiltered list says what the planner knows of its table, and a
    filtered one that there are more. At most 100 pages: past them, searching finds what paging does not."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        estimate = self._estimate
        if estimate > COUNTED:
            return estimate
        return self.object_list.order_by()[: COUNTED + 1].count()

    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, MOST_PAGES)

    @cached_property
    def _estimate(self) -> int:
        """Rows of the whole table at its last ANALYZE; 0 for a filtered list."""
        query = self.object_list.query
        if query.where or query.distinct or query.combinator:
            return 0
        table = self.object_list.model._meta.db_table
        return int(fetch_value("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table]))

    @property
    def count_text(self) -> str:
        """The count in words that do not promise more than is known."""
        number = number_format(
            min(self.count, COUNTED) if not self._estimate > COUNTED else self.count, force_grouping=True
        )
        if self._estimate > COUNTED:
            return _("about %s") % number
        return _("more than %s") % number if self.count > COUNTED else number

    @property
    def is_cut(self) -> bool:
        """Whether there are rows past the last page."""
        return self.count > self.per_page * MOST_PAGES
