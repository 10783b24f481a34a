"""Names: split where that is sure, folded for comparison, kept as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.names import PersonName, fold, keys_of_name, parse_person_name, search_text


@pytest.mark.parametrize(
    ("printed", "given_name", "family", "suffix"),
    [
        ("Ada Byron", "Ada", "Byron", ""),
        ("U. M. Heller", "U. M.", "Heller", ""),
        ("B. Al. Berg", "B. Al.", "Berg", ""),
        ("Ludwig von der Berg", "Ludwig", "von der Berg", ""),
        ("von der Berg", "", "von der Berg", ""),
        ("Beethoven, Ludwig van", "Ludwig", "van Beethoven", ""),
        ("Guy Van den Broeck", "Guy", "Van den Broeck", ""),
        ("Le Song", "Le", "Song", ""),
        ("Gabriel García Márquez", "Gabriel", "García Márquez", ""),
        ("Santiago Ramón y Cajal", "Santiago", "Ramón y Cajal", ""),
        ("García Márquez, Gabriel", "Gabriel", "García Márquez", ""),
        ("Martin L. King Jr.", "Martin L.", "King", "Jr."),
        ("King, Martin L., Jr.", "Martin L.", "King", "Jr."),
        ("King, Jr., Martin L.", "Martin L.", "King", "Jr."),
        ("Henry Ford III", "Henry", "Ford", "III"),
        ("Carlos Silva Filho", "Carlos", "Silva Filho", ""),
        ("Madonna", "", "Madonna", ""),
        ("王小明", "", "王小明", ""),
        ("김 철수", "철수", "김", ""),
        ("Dr. John Smith", "John", "Smith", ""),
        ("William (Bill) Smith", "William", "Smith", ""),
        ("", "", "", ""),
    ],
)
def test_a_printed_name_is_split(printed, given_name, family, suffix):
    assert parse_person_name(printed) == PersonName(given_name, family, suffix)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller, Jörg", "Jorg Muller"),
        ("J.-P. Serre", "J P Serre"),
        ("J.P. Serre", "J. P. Serre"),
        ("JP Serre", "J. P. Serre"),
        ("Jean-Pierre Serre", "Jean Pierre Serre"),
        ("Tim O'Brien", "Tim O’Brien"),
        ("Łukasz Kaiser", "Lukasz Kaiser"),
        ("김 철수", "김철수"),
    ],
)
def test_spellings_of_one_name_share_their_key(one, other):
    assert parse_person_name(one).key == parse_person_name(other).key


def test_a_name_of_initials_is_told_from_a_full_one():
    assert parse_person_name("J.-P. Serre").is_initials
    assert parse_person_name("Д. И. Менделеев").is_initials
    assert not parse_person_name("J. Pierre Serre").is_initials
    assert not parse_person_name("Serre").is_initials
    assert parse_person_name("Jean-Pierre Serre").initials == "jp"


def test_names_in_other_scripts_are_also_found_by_latin_letters():
    assert search_text(["Дмитрий Менделеев"]).startswith("дмитрии менделеев ")
    assert {"dmitriy", "dmitrij", "dmitry", "mendeleev"} <= set(search_text(["Дмитрий Менделеев"]).split())
    assert search_text(["Jörg Müller", "J. Müller"]) == "jorg muller j joerg mueller"


@given(st.text(max_size=80))
def test_any_text_can_be_split_and_keyed(text):
    name = parse_person_name(text)
    assert isinstance(name.key, str)
    assert isinstance(search_text([text]), str)
    assert name.family or not name.given


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


WORDS = "Jean J. J Jean-Pierre J.-P. De Van St I Dr Prof Torres Lopez Garcia Smith Smith-Jones Neto Jr Ii Mc O'Neil de".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
def test_the_keys_of_an_ordinary_name_are_those_of_the_parsed_one(words):
    printed = " ".join(words)
    assert keys_of_name(printed) == parse_person_name(printed).keys
