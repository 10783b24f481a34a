"""Numbers and dates as a reader's language writes them; what is unknown is empty, and text is never mark-up."""

from datetime import date

import pytest
from django.utils import translation

from common.templatetags.presentation import (
    as_json_ld,
    count,
    dated,
    decimal,
    fill,
    fill_each,
    percentile,
    ratio,
    roughly,
)


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (0, "0"), (999, "999"), (2666, "2,666"), (-12345, "-12,345")]
)
def test_counts_are_grouped(value, written):
    assert count(value) == written


def test_a_language_has_its_own_marks():
    with translation.override("de"):
        assert (count(2666), decimal(0.5)) == ("2.666", "0,5")
    assert (count(2666), decimal(0.5)) == ("2,666", "0.5")


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (0.314, "0.31"), (9.996, "10.00"), (12.36, "12.4"), (1306.7, "1,307")]
)
def test_ratios_have_three_figures(value, written):
    assert ratio(value) == written


@pytest.mark.parametrize(("value", "written"), [(None, ""), (99.7, "99"), (100, "100"), (0.2, "0"), (50.4, "50")])
def test_only_the_whole_is_a_hundred(value, written):
    assert percentile(value) == written


@pytest.mark.parametrize(
    ("style", "written"), [("day", "May 2"), ("date", "May 2, 2022"), ("month", "May 2022"), ("year", "2022")]
)
def test_dates_are_as_exact_as_is_known(style, written):
    assert dated(date(2022, 5, 2), style) == written
    assert dated(None, style) == ""


def test_values_are_escaped_and_mark_up_is_not():
    bold = fill("<b>{}</b>", "<i>")
    assert bold == "<b>&lt;i&gt;</b>"
    assert fill("<p>{} {}</p>", bold, 3) == "<p><b>&lt;i&gt;</b> 3</p>"
    assert fill_each("<li>{}</li>", [["&"], ["a"]], between=" ") == "<li>&amp;</li> <li>a</li>"


def test_json_cannot_end_its_script():
    assert "</script" not in as_json_ld({"name": "</script><b>&\u2028"})


@pytest.mark.parametrize(("value", "about"), [(57_756, 58_000), (14, 14), (999, 1000), (0, 0)])
def test_an_estimate_has_two_figures(value, about):
    assert roughly(value) == about
