"""Names in the form in which they are compared, and the closed list of their relations."""

import pytest

from identity.domain.names import Relation, block_of, first_word, name_of, relation
from papers.domain.names import parse_person_name


def named(printed):
    parsed = parse_person_name(printed)
    return name_of(parsed.given, parsed.family, parsed.suffix)


@pytest.mark.parametrize("printed", ["Zhi-Qin Xu", "Zhiqin Xu", "ZHIQIN XU", "Zhi Qin Xu", "Xu, Zhi-Qin"])
def test_hyphens_spaces_and_capitals_do_not_make_another_name(printed):
    assert named(printed).key == "zhiqin xu"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Jürgen Schmidhuber", "Juergen Schmidhuber", Relation.SPELLING),
        ("José Oncina", "Jose Oncina", Relation.SAME),
        ("Zhi-Qin John Xu", "Zhiqin Xu", Relation.MIDDLE_MISSING),
        ("W. John Hutchins", "John Hutchins", Relation.MIDDLE_MISSING),
        ("K. W. Church", "Kenneth Church", Relation.INITIAL),
        ("Ch. Boitet", "Christian Boitet", Relation.INITIAL),
        ("Kenneth Ward Church", "Ken Church", Relation.NICKNAME),
        ("Sergei Nirenburg", "Sergei Nirenberg", Relation.ONE_LETTER),
        ("Wei Wang", "Wang Wei", Relation.SWAPPED),
        ("Susan Warwick", "Susan Warwick-Armstrong", Relation.FAMILY_SHORTENED),
        ("Дмитрий Иванов", "Dmitry Ivanov", Relation.SPELLING),
        ("Susan Warwick", "Susan Armstrong", Relation.OTHER_FAMILY),
        ("David A. Smith", "David B. Smith", Relation.CONTRADICTION),
        ("J. Smith", "Karen Smith", Relation.CONTRADICTION),
        ("Jun Zhao", "Tie-Jun Zhao", Relation.CONTRADICTION),
        ("James Smith Jr.", "James Smith Sr.", Relation.CONTRADICTION),
        ("Zhi Xu", "Zhi-Qin John Xu", Relation.CONTRADICTION),
        ("Zhi Xu", "Zhi Q. Xu", Relation.MIDDLE_MISSING),
        ("Chang Liu", "Cheng-Chang Liu", Relation.CONTRADICTION),
        ("Yu Zhou", "Yu Zhu", Relation.OTHER_FAMILY),
        ("Yu Xue", "Yu Xu", Relation.OTHER_FAMILY),
        ("Karl Löw", "Karl Loew", Relation.SPELLING),
        ("Per Ås", "Per Aas", Relation.SPELLING),
        ("Анна Цой", "Anna Tsoi", Relation.SPELLING),
        ("Tom Baker", "Tom Lee Baker", Relation.MIDDLE_MISSING),
        ("Marie Candito", "Marie-Hélène Candito", Relation.MIDDLE_MISSING),
    ],
)
def test_two_names_have_one_relation_either_way(one, other, found):
    assert relation(named(one), named(other)) is found
    assert relation(named(other), named(one)) is found


def test_block_alone_is_that_of_the_whole_name():
    for given, family in [("Zhi-Qin John", "Xu"), ("JH", "van der Berg"), ("", "O’Brien"), ("Élodie", "García")]:
        assert block_of(given, family) == name_of(given, family).block


def test_syllables_of_one_given_name_are_its_first_word():
    words = [
        first_word(named(printed)) for printed in ("Zhi-Qin John Xu", "Zhi Qin Xu", "John Alan Smith", "Zhi Q. Xu")
    ]
    assert words == ["zhiqin", "zhiqin", "john", "zhi"]
