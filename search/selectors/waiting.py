"""How many works wait for their full text."""

from papers.models import PaperSearch

COUNTED = 1_000_000


def works_waiting() -> int:
    """Up to COUNTED. One query over a partial index."""
    return PaperSearch.objects.filter(is_stale=True)[:COUNTED].count()
