"""What sources print around names: marks, degrees, addresses, groups, and what is nobody's name."""

import pytest

from papers.domain.byline_noise import (
    is_country_or_number,
    is_ordinary_name,
    is_rest_of_byline,
    is_sentence,
    kind_of_name,
    names_nobody,
    without_degree,
    without_noise,
)
from papers.domain.name_parts import (
    are_initials_alone,
    by_habit,
    is_family_name,
    is_suffix_alone,
    is_whole_name,
    looks_like_group,
    trailing_particle,
)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Ada Byron", "Ada Byron"),
        ("Ada Byron*", "Ada Byron"),
        ("Ada Byron†‡", "Ada Byron"),
        ("Ada Byron, PhD", "Ada Byron"),
        ("Dr. Ada Byron", "Ada Byron"),
        ("Prof. Dr. Ada Byron", "Ada Byron"),
        ("Ada Byron et al.", "Ada Byron"),
        ("Ada Byron and", "Ada Byron"),
        ("Ada Byron <ada@example.org>", "Ada Byron"),
        ("Ada  Byron ", "Ada Byron"),
        ('M\\"uller', "Müller"),
        ("et al.", ""),
        ("***", ""),
        ("", ""),
    ],
)
def test_only_the_name_is_left(raw, name):
    assert without_noise(raw) == name


@pytest.mark.parametrize(("family", "left"), [("Byron PhD", "Byron"), ("Byron", "Byron")])
def test_a_degree_is_no_part_of_a_family_name(family, left):
    assert without_degree(family) == left


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Byron", True),
        ("Charles F. Van Loan", True),
        ("ATLAS Collaboration", False),
        ("Ada Byron, PhD", False),
        ("", False),
    ],
)
def test_most_names_are_ordinary(text, expected):
    assert is_ordinary_name(text) is expected


@pytest.mark.parametrize("text", ["et al.", "et al", "and others", ", et al."])
def test_the_rest_of_a_byline_is_no_name(text):
    assert is_rest_of_byline(text)
    assert not is_rest_of_byline("Ada Byron")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("N/A", True), ("None", True), ("Anonymous", True), ("Ed", False), ("Nan", False), ("Ada", False)],
)
def test_a_given_name_may_say_that_there_is_none(text, expected):
    assert names_nobody(text) is expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ada Byron", "person"),
        ("William Press", "person"),
        ("Mary-Jane O'Neill", "person"),
        ("ATLAS Collaboration", "group"),
        ("The LIGO Scientific Collaboration", "group"),
        ("University of Oxford", "group"),
        ("Cambridge University Press", "group"),
        ("for the DES Collaboration", "group"),
        ("Germany", "other"),
        ("9 pages", "other"),
        ("Ada Byron Ben Babbage Cleo Somerville Dana Noether", "other"),
    ],
)
def test_a_byline_names_people_groups_and_sometimes_nobody(text, kind):
    assert kind_of_name(text) == kind


@pytest.mark.parametrize(
    ("text", "expected"), [("Germany", True), ("69120", True), ("OX1 3QD", True), ("Heidelberg", False)]
)
def test_an_address_ends_in_a_country_or_a_code(text, expected):
    assert is_country_or_number(text) is expected


def test_a_sentence_is_no_name():
    assert is_sentence("The discussion is now improved")
    assert not is_sentence("Ada Byron")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Ludwig van", ("van", "Ludwig")),
        ("Charles de la", ("de la", "Charles")),
        ("Ludwig", ("", "Ludwig")),
        ("van", ("", "van")),
        ("Van", ("", "Van")),
    ],
)
def test_catalogues_put_the_particle_behind_the_given_name(given, found):
    assert trailing_particle(given) == found


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Fannon E.", "E.", "Fannon"),
        ("Wing TML", "TML", "Wing"),
        ("DUPONT Jean", "Jean", "Dupont"),
        ("van der Berg J", "J", "van der Berg"),
    ],
)
def test_databases_print_the_family_name_first(text, given, family):
    parts = by_habit(text)
    assert parts is not None
    assert (parts.given, parts.family.lower()) == (given, family.lower())


@pytest.mark.parametrize("text", ["Ada Byron", "Xiaoyu LI", "Jing LIAO", "A. Byron", "Byron"])
def test_other_names_are_read_in_their_own_order(text):
    assert by_habit(text) is None


@pytest.mark.parametrize(
    ("given", "family", "expected"),
    [
        ("for the DES", "Collaboration", False),
        ("Ada Byron for the DES", "Collaboration", True),
        ("J. Smith and K.", "Jones", True),
        ("Ann B. Probe Carl D.", "Test", True),
        ("Ada", "Byron", False),
        ("", "Byron", False),
    ],
)
def test_a_text_that_was_cut_at_its_last_space_is_no_name_in_parts(given, family, expected):
    assert is_whole_name(given, family) is expected


def test_initials_and_suffixes_stand_alone_where_a_name_was_cut():
    assert [are_initials_alone(text) for text in ("C. P", "T. Ju.", "Ada", "CP", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [is_suffix_alone(text) for text in ("Jr.", "III", "Jr", "Byron", "")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("de la Cruz", True),
        ("King Jr.", True),
        ("García Márquez", True),
        ("Ada Byron", False),
        ("van Dyke Parks", True),
    ],
)
def test_several_words_may_surely_be_a_family_name(part, expected):
    assert is_family_name(part) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Institute for Advanced Study", True),
        ("Max Planck Society", True),
        ("A. Byron", False),
        ("Byron, Ada", False),
        ("王伟", False),
    ],
)
def test_a_register_of_organisations_holds_people_too(name, expected):
    assert looks_like_group(name) is expected
