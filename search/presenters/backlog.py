"""What follows an import in the search, as a stage."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from common.backlog import StageLeft
from search.selectors.waiting import works_waiting


def texts_left() -> Iterator[StageLeft]:
    yield StageLeft(_("Search"), works_waiting())
