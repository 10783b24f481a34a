"""Partial dates keep what was said and no more."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.dates import InvalidDate, PartialDate, certain_date, finer, make_date, month_number, parse_date


@pytest.mark.parametrize(
    ("raw", "parsed", "precision"),
    [
        ("2022", PartialDate(2022), "Y"),
        (2022, PartialDate(2022), "Y"),
        ("2022-05", PartialDate(2022, 5), "M"),
        ("2022-05-24", PartialDate(2022, 5, 24), "D"),
        ("2022/5/4", PartialDate(2022, 5, 4), "D"),
        ("2019-01-19T06:22:44Z", PartialDate(2019, 1, 19), "D"),
    ],
)
def test_a_date_keeps_the_precision_with_which_it_was_stated(raw, parsed, precision):
    assert parse_date(raw) == parsed
    assert parsed.precision == precision


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("20222", "year 20222 is out of range"),
        ("0999", "year 999 is out of range"),
        ("2022-13", "month 13 does not exist"),
        ("2021-02-29", "2021-02-29 does not exist"),
        ("soon", "'soon' is not a date"),
        ("", "'' is not a date"),
    ],
)
def test_an_impossible_date_is_refused_with_a_sentence(raw, sentence):
    with pytest.raises(InvalidDate) as caught:
        parse_date(raw)
    assert str(caught.value) == sentence


@time_machine.travel("2026-11-22")
def test_years_may_run_two_ahead_of_today():
    assert parse_date("2028") == PartialDate(2028)
    with pytest.raises(InvalidDate):
        parse_date("2029")


def test_the_first_day_stands_for_the_whole_span():
    assert PartialDate(2022).first_day == date(2022, 1, 1)
    assert PartialDate(2022, 5).first_day == date(2022, 5, 1)
    assert make_date(2022, 0, 0) == PartialDate(2022)


@given(st.dates(date(1000, 1, 1), date(2027, 1, 1)), st.sampled_from("YMD"))
def test_written_and_read_again_a_date_is_the_same(day, precision):
    parsed = PartialDate(day.year, None if precision == "Y" else day.month, day.day if precision == "D" else None)
    assert parse_date(parsed.iso()) == parsed


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text):
    try:
        parsed = parse_date(text)
    except InvalidDate:
        return
    assert parse_date(parsed.iso()) == parsed


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2004a", "2004"),
        ("2018-21", "2018"),
        ("1723~", "1723"),
        ("in press", None),
        ("", None),
        ("forthcoming 2024", "2024"),
        ("c. 1890", "1890"),
        ("May 2, 2014", "2014-05-02"),
        ("2nd May 2014", "2014-05-02"),
        ("2 mai 2014", "2014-05-02"),
        ("14. März 1999", "1999-03-14"),
        ("Mar-Apr 2010", "2010"),
        ("October 2012", "2012-10"),
        ("2012 Oct", "2012-10"),
        ("20200115", "2020-01-15"),
        ("31/12/2014", "2014-12-31"),
        ("12/31/2014", "2014-12-31"),
        ("02.05.2014", "2014-05-02"),
        ("02/05/2014", "2014"),
        ("05/05/2014", "2014-05-05"),
        ("12/2019", "2019-12"),
        ("2019 年 3 月", "2019-03"),
        ("2019年3月7日", "2019-03-07"),
        ("2021-02-29", "2021-02"),
        ("2021-13-01", "2021"),
        ("{2016}", "2016"),
        (1998, "1998"),
    ],
)
def test_of_a_date_in_any_spelling_what_is_certain_is_taken(raw, iso):
    found = certain_date(raw)
    assert (found.iso() if found else None) == iso


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("jan", 1),
        ("Feb.", 2),
        ("März", 3),
        ("avril", 4),
        ("Maggio", 5),
        ("6", 6),
        ("{jul}", 7),
        ("August", 8),
        ("Sept.", 9),
        ("outubro", 10),
        ("11", 11),
        ("Dez", 12),
        ("13", None),
        ("0", None),
        ("May/June", None),
        ("Spring", None),
        ("", None),
    ],
)
def test_a_month_is_read_by_name_abbreviation_or_number(text, number):
    assert month_number(text) == number


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("2022", "2022-05", "2022-05"),
        ("2022-05", "2022-05-24", "2022-05-24"),
        ("2022-05-24", "2022", "2022-05-24"),
        ("2022", "2021-05", "2022"),
        ("2022-01", "2022-11-03", "2022-01"),
    ],
)
def test_the_finer_of_two_dates_is_taken_where_they_agree(one, other, kept):
    assert finer(parse_date(one), parse_date(other)).iso() == kept
