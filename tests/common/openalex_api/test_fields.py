"""What a list is filtered by becomes a condition, and what cannot be meant is refused with what can."""

import pytest
from django.db.models import Q

from common.openalex_api.fields import BooleanField, DateField, NumberField, ValuesField, column_number, year_of
from common.openalex_api.problems import InvalidValue

WORKS = NumberField(column_number("works"), "Works.")
YEAR = NumberField(year_of("day"), "Year.")


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("5", Q(works__exact=5)),
        (">5", Q(works__gt=5)),
        ("<5", Q(works__lt=5)),
        ("5-9", Q(works__gte=5) & Q(works__lte=9)),
        ("5-", Q(works__gte=5)),
        ("-9", Q(works__lte=9)),
    ],
)
def test_numbers_and_ranges(value, condition):
    assert WORKS.condition([value]) == condition


def test_several_values_are_alternatives():
    assert WORKS.condition(["1", "3"]) == Q(works__exact=1) | Q(works__exact=3)


@pytest.mark.parametrize("value", ["", "-", "x", "5..9", "²", "٣", "99999999999", "4294967296", ">-"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(InvalidValue):
        WORKS.condition([value])


def test_a_year_is_its_days():
    days = YEAR.condition(["2020"])
    assert [(name, day.isoformat()) for name, day in days.children] == [
        ("day__gte", "2020-01-01"),
        ("day__lte", "2020-12-31"),
    ]
    ((name, day),) = YEAR.condition([">2020"]).children
    assert (name, day.isoformat()) == ("day__gt", "2020-12-31")
    with pytest.raises(InvalidValue):
        YEAR.condition(["0"])


def test_truth_has_two_values():
    field = BooleanField(lambda: Q(is_open=True), "Open.")
    assert field.condition(["TRUE"]) == Q(is_open=True)
    assert field.condition(["false"]) == ~Q(is_open=True)
    with pytest.raises(InvalidValue, match="neither true nor false"):
        field.condition(["yes"])


@pytest.mark.parametrize("value", ["2022-5-24", "2022-02-30", "20220524", "2022-05-24T00", ""])
def test_a_day_is_a_day(value):
    field = DateField("day", "gte", "From.")
    assert field.condition(["2022-05-24"]) != Q()
    with pytest.raises(InvalidValue):
        field.condition([value])


def test_values_are_looked_for_in_one_condition():
    field = ValuesField(str.upper, lambda values: Q(code__in=values), "Codes.")
    assert field.condition(["a", "b"]) == Q(code__in=["A", "B"])
