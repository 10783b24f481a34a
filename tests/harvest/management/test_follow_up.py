"""An import says what follows its records, and nobody waits for anybody's lock."""

import io
import threading
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from rich.console import Console

from common.backlog import StageLeft
from common.db.locks import lock_number
from common.hooks import on_record_changed
from harvest.management import follow_up
from harvest.models import ImportRun
from metrics import tasks
from metrics.services.refresh import backlog, changes
from metrics.services.refresh.locks import RefreshBusy
from papers.models import Change
from tests.metrics.small_record import make_record

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RECORD = '{"ids": {"local": "a"}, "title": "A work", "authors": [{"name": "Ada Byron"}], "published": "2020"}\n'


def a_run() -> ImportRun:
    return ImportRun.objects.create(source="records", started_at=NOW, heartbeat_at=NOW)


@pytest.mark.django_db
def test_all_of_a_stage_is_the_most_that_was_ever_left_of_it(monkeypatch):
    seen, left = [], iter([[StageLeft("Search", 10)], [StageLeft("Search", 4)], [StageLeft("All", 2, 8)], []])
    monkeypatch.setattr(follow_up, "backlog", lambda: next(left))
    run = a_run()
    watcher = follow_up.Watcher(run, lambda *shown: seen.append(shown))
    for _ in range(4):
        watcher.look()
    assert seen == [("Search", 0, 10), ("Search", 6, 10), ("All", 6, 8)]
    run.refresh_from_db()
    assert (run.stage, run.stage_done, run.stage_total) == ("All", 6, 8)


@pytest.mark.django_db
def test_where_there_is_no_terminal_each_stage_is_a_line(monkeypatch):
    out = io.StringIO()
    show = follow_up._in_lines(Console(file=out))
    show("Search", 0, 1000)
    show("Search", 500, 1000)
    show("Novelty", 1, 2)
    assert out.getvalue().splitlines() == ["Search: 0 of 1,000", "Novelty: 1 of 2"]


@pytest.mark.django_db(transaction=True)
def test_an_interrupt_after_the_records_leaves_them_and_what_the_portal_finishes(monkeypatch, tmp_path):
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(on_record_changed, "run_here", interrupted)
    file, said = tmp_path / "one.jsonl", io.StringIO()
    file.write_text(RECORD)
    with pytest.raises(CommandError, match="the portal makes their numbers by itself"):
        call_command("import_records", str(file), stdout=said)
    assert said.getvalue().startswith("created=1 ")
    run = ImportRun.objects.get()
    assert (run.state, run.stage) == ("complete", "")
    assert Change.objects.filter(kind="paper").exists()
    tasks.refresh_changes.apply(throw=True)
    assert not Change.objects.exists()


def hold(started: threading.Event, done: threading.Event) -> None:
    """Compute alone in another connection until told to end."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock_number("metrics.refresh")])
            started.set()
            done.wait(30)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_number("metrics.refresh")])
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_worker_leaves_the_work_to_whoever_computes_and_waits_for_no_lock():
    make_record(41, papers=5, citations=3)
    Change.objects.create(kind="paper", object_id=1)
    started, done = threading.Event(), threading.Event()
    other = threading.Thread(target=hold, args=(started, done))
    other.start()
    try:
        assert started.wait(10)
        for compute in (changes.refresh_chunk, backlog.settle):
            with pytest.raises(RefreshBusy):
                compute(now=NOW)
        tasks.refresh_stale.run()
        tasks.refresh_author.run(author_id=1)
    finally:
        done.set()
        other.join()
    assert Change.objects.exists()
    changes.refresh_chunk(now=NOW)
    assert not Change.objects.exists()
