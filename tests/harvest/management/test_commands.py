"""The commands of imports: which they take, what they print, and how they end."""

from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from harvest.models import ImportRun
from harvest.services import importing
from papers.models import Institution, Paper, Venue

pytestmark = pytest.mark.django_db

WORK = {"ids": {"local": "one"}, "title": "On the spacing of clocks", "published": "2020", "authors": ["Ada Byron"]}


@pytest.fixture
def file(tmp_path: Path):
    def file(*objects: dict[str, Any], name: str = "works.jsonl") -> str:
        path = tmp_path / name
        path.write_bytes(b"\n".join(map(orjson.dumps, objects)) + b"\n")
        return str(path)

    return file


def said(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_any_source_is_imported_by_its_name(file):
    assert said("import_source", "records", file(WORK), "--no-refresh") == (
        "created=1 updated=0 unchanged=0 rejected=0"
    )
    assert Paper.objects.get().title == WORK["title"]


def test_a_source_that_there_is_not_is_refused(file):
    with pytest.raises(CommandError, match="invalid choice: 'gossip'"):
        call_command("import_source", "gossip", file(WORK))


def test_counts_come_as_json_if_asked_for(file):
    organisation = {"id": "https://ror.org/00390t168", "name": "University of Kent"}
    printed = said("import_ror", file(organisation, {"id": "x", "name": "No id"}), "--json", "--no-refresh")
    assert orjson.loads(printed) == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert Institution.objects.get().name == "University of Kent"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (KeyboardInterrupt(), "Stopped. What was written is complete"),
        (OperationalError("the connection is lost\nDETAIL: ..."), "The run stopped (the connection is lost). What was"),
        (MemoryError(), "The run stopped (MemoryError). What was written"),
    ],
)
def test_a_run_that_is_stopped_says_that_it_can_be_taken_up(file, monkeypatch, fault, sentence):
    def stop(*_args: object, **_options: object) -> None:
        raise fault

    monkeypatch.setattr(importing, "write_batch", stop)
    with pytest.raises(CommandError) as ended:
        call_command("import_records", file(WORK), "--no-refresh", stdout=StringIO())
    assert str(ended.value).startswith(sentence)
    assert ended.value.returncode == 1
    monkeypatch.undo()
    assert said("import_records", file(WORK), "--no-refresh").startswith("created=1")
    assert ImportRun.objects.get().state == "complete"


def test_what_cannot_be_a_file_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "pipe").symlink_to("/dev/null")
    (tmp_path / "odd\nname").write_bytes(b"")
    for name, sentence in [("pipe", "is not a regular file"), ("odd\nname", "rename the file"), ("none", "no file")]:
        with pytest.raises(CommandError, match=sentence) as refused:
            call_command("import_records", str(tmp_path / name))
        assert refused.value.returncode == 2
    assert not ImportRun.objects.exists()


def test_rejected_records_are_listed_by_run_and_source_and_warnings_if_asked_for(file):
    first = file({"title": "No id"}, WORK, name="a.jsonl")
    second = file({**WORK, "published": "20222"}, {"title": "No id"}, name="b.jsonl")
    said("import_records", first, "--no-refresh")
    said("import_records", second, "--no-refresh")
    run = ImportRun.objects.get(paths=[second])
    assert [line.split(": ")[1] for line in said("rejected").splitlines()] == ["no_id", "no_id"]
    assert said("rejected", "--run", str(run.pk)).startswith(f"{second}:2: no_id")
    assert said("rejected", "--source", "openalex") == ""
    assert f"{second}:1: warning: " in said("rejected", "--warnings")


def test_venues_that_their_names_say_to_be_one_are_joined_and_counted(file):
    said("import_records", file(WORK), "--no-refresh")
    for year in (2019, 2020):
        Venue.objects.create(
            name=f"Meeting on Clocks {year}", key=f"meeting on clocks {year}", series_key="meeting on clocks"
        )
    assert said("join_venues") == "merged=1"
    assert Venue.objects.filter(merged_into=None).count() == 1
