"""Countries by name."""

import pytest
from django.utils import translation

from common.countries import country_name, in_country


@pytest.mark.parametrize(
    ("code", "name"), [("BE", "Belgium"), ("kr", "South Korea"), ("TR", "Türkiye"), ("QQ", "QQ"), ("", "")]
)
def test_a_code_is_told_as_the_name_of_the_country(code, name):
    assert country_name(code) == name


def test_a_country_is_named_in_the_language_of_the_reader():
    with translation.override("de"):
        assert country_name("BE") == "Belgien"


@pytest.mark.parametrize(
    ("place", "code", "says"), [("Leuven", "BE", "Leuven, Belgium"), ("Leuven", "", "Leuven"), ("", "BE", "Belgium")]
)
def test_a_place_says_its_country_where_both_are_known(place, code, says):
    assert in_country(place, code) == says
