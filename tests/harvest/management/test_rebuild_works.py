"""manage.py rebuild_works: works that were written by earlier rules, made anew from what their sources said."""

from datetime import UTC, datetime
from io import StringIO

import orjson
import pytest
from django.core.management import CommandError, call_command

from harvest.services import rebuilding
from harvest.services.importing import import_files
from harvest.sources import RECORDS
from papers.models import Paper, PaperLocation

pytestmark = pytest.mark.django_db

PREPRINT = {"arxiv": "2001.00001"}
WORKS = [
    {"ids": PREPRINT, "title": "RETRACTED: On probes", "type": "preprint", "venue": {"name": "arXiv"}},
    {
        "ids": {"doi": "10.5555/2"},
        "title": "On gauges",
        "venue": {"name": "Probes, Volume 2, Number 1", "type": "journal"},
    },
]


@pytest.fixture
def works(tmp_path) -> list[Paper]:
    path = tmp_path / "works.jsonl"
    more = {"published": "2020", "authors": [{"name": "Ann Probe"}]}
    path.write_bytes(b"\n".join(orjson.dumps(one | more) for one in WORKS))
    import_files(source=RECORDS, paths=[path], clock=lambda: datetime(2026, 5, 1, tzinfo=UTC))
    return list(Paper.objects.order_by("pk"))


def stated() -> list[object]:
    works = Paper.objects.order_by("pk").values_list("title", "is_retracted", "notice", "venue__name", "kind")
    places = PaperLocation.objects.order_by("paper", "position")
    return [*works, *places.values_list("paper", "venue_name__name", "version", "volume", "issue", "scheme", "value")]


def test_works_that_earlier_rules_wrote_are_as_an_import_of_today_makes_them(works):
    before = stated()
    PaperLocation.objects.all().delete()
    Paper.objects.update(title="RETRACTED: On probes", is_retracted=False, notice="", venue=None)
    out = StringIO()
    call_command("rebuild_works", "--no-refresh", stdout=out)
    assert out.getvalue() == "rebuilt=2\n"
    assert stated() == before


def test_a_stopped_run_says_where_to_take_it_up(works, monkeypatch):
    done: list[int] = []

    def stop_at_the_second(ids, *, now):
        if done:
            raise KeyboardInterrupt
        done.extend(ids)
        return len(ids)

    monkeypatch.setattr(rebuilding, "BATCH", 1)
    monkeypatch.setattr(rebuilding, "rewrite_papers", stop_at_the_second)
    with pytest.raises(CommandError, match=f"rebuild_works --after {works[0].pk}$"):
        call_command("rebuild_works", "--no-refresh")
