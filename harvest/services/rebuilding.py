"""All works made anew from what their sources said: for data that an earlier release wrote."""

from collections.abc import Callable
from datetime import datetime

from harvest.services.writer.batch import rewrite_papers
from papers.models import Paper
from papers.services.venue_merges import join_venues

BATCH = 500


def rebuild_works(
    *, clock: Callable[[], datetime], on_progress: Callable[[int, int], None] = lambda _done, _all: None, after: int = 0
) -> int:
    """Rewrite every work from its stored statements, then join venues; returns how many works were written.

    `on_progress` is told how many works are done, of how many. Each batch is a transaction of its own: stopped, the
    run is taken up behind the row id `after`, or from the start, which changes nothing that is right already.
    """
    papers = Paper.objects.filter(merged_into=None)
    total, done, written = papers.filter(pk__gt=after).count(), 0, 0
    on_progress(done, total)
    while True:
        ids = list(papers.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            break
        written += rewrite_papers(ids, now=clock())
        after, done = ids[-1], done + len(ids)
        on_progress(min(done, total), total)
    join_venues(now=clock())
    return written
