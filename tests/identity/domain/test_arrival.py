"""Where a name belongs that arrives: what a table says of names, and what few clues say of works."""

import pytest

from identity.domain.arrival import Profile, Question, Work, likeliest
from identity.domain.commonness import counted_shares
from identity.domain.name_shares import NameShares, UnreadableShares
from identity.domain.names import name_of
from identity.domain.words import bucket_counts
from identity.services.arrival import shipped_shares
from papers.domain.names import keys_of_name

ME = ("wang", "w")
LIU, BYRON = ("liu", "y"), ("byron", "a")


def work(title, *company, category=None):
    return Work(frozenset({ME, *company}), bucket_counts(title).keys(), category)


def profile(*works):
    found = Profile()
    for one in works:
        found.add(one, ME)
    return found


def asked(question, candidates, one, *, bearers=5.0):
    return likeliest(question, one, ME, candidates, bearers=bearers, rivals=lambda block: {LIU: 9.0}.get(block, 0.1))


CLOCKS = work("Spacing of pendulums in tower clocks", BYRON)
WHALES = work("Songs of humpback whales", LIU)


def test_a_common_name_goes_to_the_page_whose_co_author_it_shares():
    pages = {1: profile(WHALES), 2: profile(CLOCKS)}
    assert asked(Question.COMMON, pages, work("Gears and weights", BYRON)) == 2


def test_a_common_name_without_evidence_is_nobody_we_know():
    pages = {1: profile(WHALES), 2: profile(CLOCKS)}
    assert asked(Question.COMMON, pages, work("Sintering of ceramics", ("ibsen", "h"))) is None


def test_the_commoner_the_name_the_more_it_takes():
    pages = {1: profile(CLOCKS)}
    one = work("Friction in gears", LIU)
    assert asked(Question.COMMON, pages, one, bearers=200.0) is None
    alike = work("Pendulums and the spacing of clocks", BYRON)
    assert asked(Question.COMMON, pages, alike, bearers=200.0) == 1


def test_one_category_speaks_for_a_page_and_another_against_it():
    pages = {1: profile(work("Towers", LIU, category=1), work("Ports", LIU, category=1))}
    assert asked(Question.COMMON, pages, work("Roofs", LIU, category=1), bearers=0.5) == 1
    assert asked(Question.COMMON, pages, work("Roofs", ("ibsen", "h"), category=2), bearers=0.5) is None


def test_parts_of_one_person_do_not_stand_in_each_others_way_but_two_people_do():
    pages = {1: profile(CLOCKS), 2: profile(CLOCKS)}
    assert asked(Question.COMMON, pages, CLOCKS) == 1
    assert asked(Question.INITIALS, pages, CLOCKS) is None


def test_nobody_is_asked_of_nobody():
    assert asked(Question.COMMON, {}, CLOCKS) is None


def test_the_table_knows_common_names_and_no_rare_ones():
    shares = shipped_shares()
    wei, xiaolong, jurgen = (
        shares.of(keys_of_name(name)) for name in ("Wei Wang", "Xiaolong Wang", "Jürgen Schmidhuber")
    )
    assert wei > 10 * xiaolong > 0
    assert jurgen == 0.0
    assert shares.of(keys_of_name("W. Wang")) == 0.0
    assert 0 < shares.of(keys_of_name("Wei J. Wang")) < wei
    assert shares.of_initial(("wang", "w")) > wei


def test_a_table_is_counted_from_names_and_read_again():
    names = [
        name_of(given, family) for given in "Ada Bea Cleo Dora Eva".split() for family in "Ash Elm Fir Oak Yew".split()
    ]
    table = counted_shares([*names, name_of("Zoe", "Rare")])
    again = NameShares.from_bytes(table.to_bytes())
    assert again.to_bytes() == table.to_bytes()
    assert again.of(keys_of_name("Ada Ash")) == pytest.approx(1 / 26, rel=0.2)
    assert again.of(keys_of_name("Zoe Rare")) == 0.0
    with pytest.raises(UnreadableShares):
        NameShares.from_bytes(b"no table")
