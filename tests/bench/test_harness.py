"""The harness: what a line says, how things are timed, where benchmarks come from."""

import itertools
import time

import orjson
import pytest

from bench import registry, report
from bench.databases import named
from bench.processes import CommandFailed, run
from bench.registry import Line, at_most, benchmark, benchmarks, ratio_at_most
from bench.servers import free_port
from bench.timing import Samples, interleaved


@pytest.mark.parametrize(
    ("line", "missed"),
    [
        (Line("a", 12.0, "ms", 2.0, ratio_at_most(6)), False),
        (Line("a", 12.1, "ms", 2.0, ratio_at_most(6)), True),
        (Line("a", 600.0, "MB", None, at_most(600, "MB")), False),
        (Line("a", 601.0, "MB", None, at_most(600, "MB")), True),
        (Line("a", 5.0, "ms", 2.0), False),
        (Line("a", 5.0, "ms", None, ratio_at_most(3)), True),
    ],
)
def test_a_reach_is_kept_up_to_and_including_its_limit(line, missed):
    assert line.is_missed is missed


def test_a_row_has_six_cells_without_blanks_and_a_mark_when_missed():
    kept = report.row(Line("page.p50", 8.0, "ms", 2.0, ratio_at_most(8)))
    missed = report.row(Line("memory", 812.4, "MB", None, at_most(600, "MB")))
    assert kept.split() == ["page.p50", "8", "ms", "2", "4", "<=8x"]
    assert missed.split() == ["memory", "812.4", "MB", "-", "-", "<=600MB", "!"]
    assert report.heading().split() == ["name", "value", "unit", "floor", "ratio", "reach"]


def test_the_json_holds_the_same_facts_under_the_same_keys(tmp_path):
    path = tmp_path / "bench.json"
    report.write_json(path, [Line("a", 9.0, "ms", 2.0, ratio_at_most(4)), Line("b", 1.5, "s")])
    assert orjson.loads(path.read_bytes()) == [
        {"name": "a", "value": 9.0, "unit": "ms", "floor": 2.0, "ratio": 4.5, "reach": "<=4x !"},
        {"name": "b", "value": 1.5, "unit": "s", "floor": None, "ratio": None, "reach": None},
    ]


def test_calls_are_timed_in_turns():
    seen = []
    calls = [lambda: seen.append("floor"), lambda: seen.append("thing")]
    floor, thing = interleaved(calls, rounds=6, warm_up=1)
    assert seen == ["floor", "thing"] * 7
    assert len(floor.seconds) == len(thing.seconds) == 6


def test_timing_ends_when_its_time_is_over_but_not_before_five_rounds(monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks) * 100.0)
    (only,) = interleaved([lambda: None], rounds=50, warm_up=0, longest=1.0)
    assert len(only.seconds) == 5


def test_percentiles_are_in_milliseconds_by_nearest_rank():
    samples = Samples(tuple(number / 1000 for number in range(1, 101)))
    assert samples.p50 == pytest.approx(50.5)
    assert samples.p95 == pytest.approx(95.0)
    assert Samples((0.004,)).p95 == pytest.approx(4.0)


def test_every_reach_of_the_first_issue_has_a_benchmark():
    assert {
        "import",
        "author_page",
        "author_page_scale",
        "api_works",
        "search_names",
        "start",
        "suite",
    } <= set(benchmarks())


def test_two_benchmarks_cannot_share_a_name(monkeypatch):
    monkeypatch.setattr(registry, "_BENCHMARKS", {})
    benchmark("twice")(lambda session: iter(()))
    with pytest.raises(ValueError, match="twice"):
        benchmark("twice")(lambda session: iter(()))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://me:secret@db:5432/colophon", "postgresql://me:secret@db:5432/scratch"),
        ("postgresql://me@/colophon?host=/run/x", "postgresql://me@/scratch?host=/run/x"),
    ],
)
def test_another_database_of_the_same_server_keeps_everything_else(url, expected):
    assert named(url, "scratch") == expected


def test_a_command_is_timed_with_the_memory_of_its_whole_family():
    hungry = "import time; data = bytearray(60_000_000); time.sleep(0.5)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hungry!r}])"
    done = run(["python3", "-c", child], env={})
    assert 60 <= done.peak_mb <= 200
    assert done.seconds >= 0.5


def test_a_failing_command_is_an_error_with_its_last_words():
    with pytest.raises(CommandFailed, match="no such thing"):
        run(["python3", "-c", "import sys; sys.exit('no such thing')"], env={})


def test_a_free_port_can_be_listened_on():
    assert 1024 <= free_port() <= 65535
