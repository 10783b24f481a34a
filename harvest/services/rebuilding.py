"""All works made anew from what their sources said: for data that an earlier release wrote."""

from collections.abc import Callable
from datetime import datetime

from harvest.services.writer.batch import rewrite_papers
from papers.models import Paper
from papers.services.venue_merges import join_venues

BATCH = 500


def rebuild_works(
    *,
    clock: Callable[[], datetime],
    on_progress: Callable[[str, int, int, int], None] = lambda _stage, _done, _all, _row: None,
    after: int = 0,
) -> int:
    """Rewrite every work from its stored statements, then join venues; returns how many works were written.

    `on_progress` is told the stage, how much of it is done, of how much, and behind which row id. Each batch is a transaction of its own: stopped, the
    run is taken up behind the row id `after`, or from the start, which changes nothing that is right already.
    """
    papers = Paper.objects.filter(merged_into=None)
    total, done, written = papers.filter(pk__gt=after).count(), 0, 0
    on_progress("works", done, total, after)
    while True:
        ids = list(papers.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            break
        written += rewrite_papers(ids, now=clock())
        after, done = ids[-1], done + len(ids)
        on_progress("works", min(done, total), total, after)
    on_progress("venues", 0, 0, after)
    join_venues(now=clock())
    return written
