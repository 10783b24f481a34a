"""How many works wait for their full text."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from common.backlog import StageLeft
from papers.models import PaperSearch

COUNTED = 1_000_000


def texts_left() -> Iterator[StageLeft]:
    """One query over a partial index."""
    yield StageLeft(_("Search"), PaperSearch.objects.filter(is_stale=True)[:COUNTED].count())
