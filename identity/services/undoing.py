"""A run taken back as one: every mention returns to where it stood, unless somebody has moved it since."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from common.db.locks import session_locked_if_free
from common.db.sql import fetch, fetch_as
from common.queue import enqueue
from identity.models import IdentityRun
from identity.selectors.runs import may_be_undone
from identity.services.protection import weighty_among
from identity.services.run_lock import LOCK
from papers.services.naming import call_by_bylines
from papers.services.record_changes import tell_moved
from papers.services.record_lock import lock_record


class RunRefused(Exception):
    """The run cannot be undone: it is still running, was undone before, or is not the latest."""


_REDIRECTS_BACK = """
UPDATE papers_author a SET merged_into_id = r.led_to_id, changed_at = %(now)s,
       name_slot = CASE WHEN r.name_slot IS NULL OR EXISTS (
           SELECT FROM papers_author o WHERE o.name_slot = r.name_slot AND o.id <> a.id) THEN a.name_slot ELSE r.name_slot END
FROM identity_identityredirect r WHERE r.run_id = %(run)s AND a.id = r.author_id
RETURNING a.id, r.to_author_id
"""
_MOVES_BACK = """
UPDATE papers_authorship s SET author_id = m.from_author_id FROM identity_identitymove m
WHERE m.run_id = %(run)s AND s.paper_id = m.paper_id AND s.position = m.position
  AND s.printed_name = m.printed_name AND s.author_id = m.to_author_id
RETURNING s.paper_id, m.from_author_id, m.to_author_id, s.id
"""
_LINKS = """
UPDATE identity_identitylink l SET author_id = s.author_id, rule = 'kept', probability = NULL, evidence = '[]', at = %s
FROM papers_authorship s WHERE s.id = l.authorship_id AND l.zone <> 'ask' AND s.id = ANY(%s)
"""


class _Moved(NamedTuple):
    """A byline that went back."""

    paper_id: int
    from_author_id: int
    to_author_id: int
    id: int


@transaction.atomic
def ask_to_undo(*, run_id: int) -> None:
    """Have a worker undo the latest complete run, which may take minutes. Raises RunRefused."""
    run = IdentityRun.objects.select_for_update().get(pk=run_id)
    if not may_be_undone(run):
        raise RunRefused(str(run_id))
    run.state = IdentityRun.State.UNDOING
    run.save(update_fields=["state"])
    enqueue("identity.undo")


def undo_asked(*, now: datetime) -> int:
    """Undo what was asked to be; returns how many runs. Nothing while another process settles."""
    with session_locked_if_free(LOCK) as ours:
        asked = IdentityRun.objects.filter(state=IdentityRun.State.UNDOING).order_by("-pk") if ours else ()
        return len([undo_run(run_id=run.pk, now=now) for run in asked])


@transaction.atomic
def undo_run(*, run_id: int, now: datetime) -> IdentityRun:
    """Undo the latest complete run, or one for which that was asked. Raises RunRefused, IdentityRun.DoesNotExist."""
    lock_record()
    run = IdentityRun.objects.select_for_update().get(pk=run_id)
    if run.state != IdentityRun.State.UNDOING and not may_be_undone(run):
        raise RunRefused(str(run_id))
    given: dict[str, Any] = {"run": run.pk, "now": now}
    authors = {pk for redirect in fetch(_REDIRECTS_BACK, given) for pk in redirect}
    moved = fetch_as(_Moved, _MOVES_BACK, given)
    moved_ids = [back.id for back in moved]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM identity_identitylink WHERE zone = 'ask' AND authorship_id = ANY(%s)", [moved_ids])
        cursor.execute(_LINKS, [now, moved_ids])
    authors |= {pk for back in moved for pk in (back.from_author_id, back.to_author_id)}
    call_by_bylines(authors - weighty_among(authors), now=now)
    tell_moved(author_ids=authors, paper_ids=sorted({back.paper_id for back in moved}), now=now)
    run.state, run.undone_at = IdentityRun.State.UNDONE, now
    run.save(update_fields=["state", "undone_at"])
    return run
