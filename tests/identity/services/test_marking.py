"""When what an import marked is settled."""

from datetime import UTC, datetime, timedelta

import pytest

from identity import tasks
from identity.models import IdentityBlock, IdentityRun
from identity.presenters.backlog import names_left
from identity.services.disambiguation import settle
from identity.services.marking import is_due, mark_blocks
from papers.domain.name_parts import NameParts
from papers.models import Authorship
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)
QUIET, LONGEST = timedelta(seconds=45), timedelta(minutes=15)


@pytest.mark.parametrize(
    ("marked", "due"), [((), False), ((10,), False), ((46,), True), ((46, 10), False), ((901, 10), True)]
)
def test_a_settling_is_due_when_it_is_quiet_or_something_waits_long(marked, due):
    for seconds in marked:
        IdentityBlock.objects.create(block=f"w wang{seconds}", marked_at=NOW - timedelta(seconds=seconds))
    assert is_due(now=NOW, quiet=QUIET, longest=LONGEST) is due


def test_the_sweep_sends_for_a_settling_and_large_sites_have_it_done_by_command(monkeypatch):
    sent = []
    monkeypatch.setattr(tasks, "send", lambda name, ids: sent.append(name))
    tasks.sweep()
    IdentityBlock.objects.create(block="w wang", marked_at=NOW - timedelta(days=30_000))
    tasks.sweep()
    make_paper("Rings", authors=[make_author("Wei Wang")])
    monkeypatch.setattr(tasks, "MOST_MENTIONS", 0)
    tasks.sweep()
    assert sent == ["identity.settle"]


def test_what_is_marked_is_settled_and_all_else_stays():
    full, short, louise = (make_author(n) for n in ("Yorick Wilkszon", "Y. Wilkszon", "Louise Guthrieva"))
    other, initial = make_author("Anna Rarename"), make_author("A. Rarename")
    for beside, title in ((full, "Preference semantics"), (full, "Semantics of words"), (short, "Preference again")):
        make_paper(title, authors=[beside, louise])
    for beside, title in ((other, "Stones"), (other, "Old stones"), (initial, "Stones again")):
        make_paper(title, authors=[beside, louise])
    mark_blocks([NameParts("Y. Wilkszon")], now=NOW)
    run = settle(clock=lambda: NOW, marked_only=True)
    assert (run.moved_count, run.blocks_total, run.blocks_done) == (1, 1, 1)
    assert Authorship.objects.filter(author=full).count() == 3
    assert Authorship.objects.filter(author=initial).count() == 1
    assert not IdentityBlock.objects.exists()
    assert settle(clock=lambda: NOW, marked_only=True) is None


def test_a_settling_says_how_far_it_is():
    assert list(names_left()) == []
    IdentityRun.objects.create(model="m", started_at=NOW, blocks_total=10, blocks_done=4)
    assert [(stage.left, stage.of) for stage in names_left()] == [(6, 10)]
