"""Pictures are drawn to scale, leave nothing out, and say what is unknown by a gap and never by a 0."""

from datetime import date

import pytest

from common.rendering.charts import BASE, LEFT, RIGHT, TOP, Series, bubble_chart, whole_years, year_chart
from common.rendering.history_chart import NAMES_END, VALUES_START, history_chart
from common.rendering.year_counts import YearCount


def years(*known: tuple[int, int, int | None]) -> list[YearCount]:
    return [YearCount(*each) for each in known]


def test_empty_years_stand_between_the_others():
    filled = whole_years(years((2018, 2, 3), (2021, 1, 4)))
    assert [(one.year, one.works, one.citations) for one in filled] == [
        (2018, 2, 3),
        (2019, 0, 0),
        (2020, 0, 0),
        (2021, 1, 4),
    ]


def test_years_before_and_after_counting_are_unknown_and_not_zero():
    filled = whole_years(years((2015, 1, None), (2017, 1, 5), (2019, 1, 6), (2021, 1, None)))
    assert [one.citations for one in filled] == [None, None, 5, 0, 6, None, None]


def test_a_long_life_is_its_last_years():
    filled = whole_years(years((1900, 1, 1), (2020, 1, 1)), most=10)
    assert (filled[0].year, filled[-1].year, len(filled)) == (2011, 2020, 10)
    assert whole_years([]) == []


@pytest.mark.parametrize("known", [[], [(2020, 3, 1)]])
def test_less_than_two_years_are_no_picture(known):
    assert year_chart(years(*known)) is None


def test_bars_are_to_scale_and_inside_the_picture():
    chart = year_chart(years((2019, 1, None), (2020, 4, None), (2021, 2, None)))
    heights = [float(column.height) for column in chart.columns]
    assert heights == [pytest.approx((BASE - TOP) * share, abs=0.01) for share in (0.25, 1, 0.5)]
    assert all(LEFT <= float(column.slot_x) < RIGHT for column in chart.columns)
    assert chart.line == ""
    assert (chart.most_works, chart.most_citations, chart.counted_until) == (4, 0, None)


def test_a_small_number_is_still_seen():
    chart = year_chart(years((2019, 1, None), (2020, 1000, None)))
    assert float(chart.columns[0].height) == 1.5


def test_the_line_ends_where_counting_does():
    chart = year_chart(years((2019, 1, 2), (2020, 1, 4), (2021, 1, None)))
    assert len(chart.line.split()) == 2
    assert chart.line.split()[1].endswith(f",{TOP}")
    assert chart.counted_until == 2020


def test_a_label_has_room():
    short = year_chart([YearCount(year, 1, None) for year in range(2015, 2021)])
    long = year_chart([YearCount(year, 1, None) for year in range(1971, 2021)])
    assert [column.label for column in short.columns] == [str(year) for year in range(2015, 2021)]
    assert {column.label for column in long.columns} == {"", *(str(year) for year in range(1975, 2021, 5))}


def test_areas_of_bubbles_are_works():
    chart = bubble_chart([Series("A", "/a", 5, [(2019, 1), (2020, 4)]), Series("B" * 40, "", 1, [(2020, 1)])])
    one, four = chart.rows[0].bubbles
    assert float(four.radius) == pytest.approx(2 * float(one.radius), abs=0.02)
    assert (one.year, one.works) == (2019, 1)
    assert chart.rows[1].short_name == "B" * 20 + "…"
    assert chart.rows[1].name == "B" * 40
    assert bubble_chart([Series("A", "/a", 1, [(2019, 1)])]) is None


MONTHS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1)]


def test_a_history_is_drawn_from_the_second_month():
    assert history_chart([], []) is None
    first = history_chart(MONTHS[:1], [("works", [3])])
    assert first.rows == ()
    assert first.table == [(date(2026, 1, 1), [3])]


def test_months_stand_to_scale():
    chart = history_chart(MONTHS, [("works", [1, 2, 3])])
    xs = [float(point.split(",")[0]) for point in chart.rows[0].lines[0].split()]
    assert xs[0] == NAMES_END + 8
    assert xs[-1] == VALUES_START - 8
    assert xs[2] - xs[1] == pytest.approx(2 * (xs[1] - xs[0]), abs=0.2)


def test_an_unknown_month_is_a_gap():
    chart = history_chart([*MONTHS, date(2026, 5, 1)], [("h", [1, 2, None, 4]), ("never", [None] * 4)])
    assert [row.name for row in chart.rows] == ["h"]
    assert len(chart.rows[0].lines) == 1
    assert len(chart.rows[0].dots) == 1
    assert chart.rows[0].last == 4
    assert chart.table[1] == (date(2026, 4, 1), [None])


def test_a_number_that_does_not_move_is_a_level_line():
    chart = history_chart(MONTHS, [("works", [2, 2, 2])])
    assert len({point.split(",")[1] for point in chart.rows[0].lines[0].split()}) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Robotics", "Robotics"),
        ("Computation and Language", "Computation and Lang…"),
        ("Machine Learning (cs.LG)", "Machine Lear… (cs.LG)"),
        ("Machine Learning (stat.ML)", "Machine Le… (stat.ML)"),
        ("Applied Physics (of very many things)", "Applied Physics (of…"),
    ],
)
def test_a_name_is_cut_but_not_the_code_that_tells_it_from_another(name, shown):
    chart = bubble_chart([Series(name, "", 3, ((2018, 1), (2019, 2)))])
    assert chart.rows[0].short_name == shown
