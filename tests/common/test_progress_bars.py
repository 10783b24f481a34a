"""Progress says the stage, how much is done of how much, how fast, and how long it still takes."""

from io import StringIO

import pytest
from rich.console import Console

from common.progress_bars import ProgressBars, line


@pytest.mark.parametrize(
    ("done", "total", "rate", "text"),
    [
        (0, 0, 0.0, "works: 0"),
        (1500, 0, 0.0, "works: 1,500"),
        (50, 200, 0.0, "works: 50 of 200"),
        (50, 200, 10.0, "works: 50 of 200, 10 a second, about 15 s left"),
        (200, 200, 10.0, "works: 200 of 200, 10 a second"),
    ],
)
def test_a_line(done, total, rate, text):
    assert line("works", done, total, rate) == text


def test_a_log_gets_the_beginning_and_the_end_of_a_stage_and_not_every_step():
    output = StringIO()
    with ProgressBars(Console(file=output, force_terminal=False, width=200)) as bars:
        for done in range(11):
            bars.show("works", done, 10)
        bars.show("authors", 1, 2)
    assert output.getvalue().splitlines() == ["works: 0 of 10", "works: 10 of 10", "authors: 1 of 2"]
