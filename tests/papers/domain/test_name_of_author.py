"""Which of the printed names a record is called by."""

import pytest

from papers.domain.name_of_author import most_printed
from papers.domain.name_parts import NameParts


@pytest.mark.parametrize(
    ("current", "printed", "chosen"),
    [
        ("Bryan Webber", {"Bonnie Webber": 46, "B. Webber": 90}, "Bonnie Webber"),
        ("Saharon Rosset", {"S. Rosset": 3}, "S. Rosset"),
        ("Ph. de Forcrand", {"Ph. de Forcrand": 5, "Philippe de Forcrand": 2}, "Philippe de Forcrand"),
        ("Th. Obermeier", {"Th. Obermeier": 1, "T. Obermeier": 4}, "Th. Obermeier"),
        ("Manoj. K. Samal", {"Manoj. K. Samal": 1, "M. K. Samal": 4}, "Manoj. K. Samal"),
        ("M. -aki. Tanno", {"M. -aki. Tanno": 2, "Masa-aki Tanno": 1}, "Masa-aki Tanno"),
        ("W Barford", {"W. Barford": 2, "W Barford": 1}, "W. Barford"),
        ("Simo Sarkka", {"Simo Särkkä": 3, "Simo Sarkka": 9}, "Simo Särkkä"),
        ("Éric Kow", {"Éric Kow": 1, "Eric Kow": 17}, "Eric Kow"),
        ("Zhi-Qin Xu", {"Zhi-Qin Xu": 2, "Zhiqin Xu": 2, "Zhi Xu": 3}, "Zhi-Qin Xu"),
        ("Chris Mellish", {"Chris Mellish": 2, "Chris S. Mellish": 2}, "Chris Mellish"),
        ("", {"Chris Mellish": 2, "Chris S. Mellish": 2}, "Chris S. Mellish"),
    ],
)
def test_the_full_name_that_most_bylines_print(current, printed, chosen):
    forms = {NameParts(name): times for name, times in printed.items()}
    assert most_printed(forms, current=current).name == chosen
    assert most_printed(dict(reversed(forms.items())), current=current).name == chosen


def test_parts_that_a_source_states_are_not_guessed_again():
    stated = NameParts("Gabriel García Márquez", given="Gabriel", family="García Márquez")
    assert most_printed({stated: 1, NameParts("G. García"): 5}, current="G. García") == stated


def test_without_forms_there_is_no_name():
    with pytest.raises(ValueError, match="empty"):
        most_printed({}, current="Anna Berg")
