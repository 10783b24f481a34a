"""Which series a venue's name is of, and what it says of volume and issue."""

import pytest

from papers.domain.venue_names import acronym_of, better_kind, better_spelling, series_name, series_of


@pytest.mark.parametrize(
    ("name", "kind", "series"),
    [
        ("Computational Linguistics, Volume 29, Number 1, March 2003", "journal", "Computational Linguistics"),
        ("Clocks. Formerly Sundials, Volume 10, Number1, January-March 1984", "conference", "Clocks"),
        (
            "Proceedings of the 48th Annual Meeting of the Association for Computational Linguistics (ACL 2010)",
            "conference",
            "Annual Meeting of the Association for Computational Linguistics",
        ),
        ("Translating and the Computer 9: Potential and practice", "conference", "Translating and the Computer"),
        (
            "TIPSTER TEXT PROGRAM PHASE II: Proceedings of a Workshop held at Vienna",
            "conference",
            "TIPSTER TEXT PROGRAM",
        ),
        (
            "Proceedings of the Eight International Conference on Computational Semantics",
            "conference",
            "International Conference on Computational Semantics",
        ),
        (
            "Proceedings of the Conference of the Association for Machine Translation in the Americas: Technical Papers",
            "conference",
            "Conference of the Association for Machine Translation in the Americas",
        ),
        ("Proceedings of the BioNLP 2009 Workshop Companion Volume for Shared Task", "conference", "BioNLP Workshop"),
        (
            "Proceedings of the Second International Conference on Clocks: Ten years on",
            "conference",
            "International Conference on Clocks",
        ),
        ("Workshop on NLP and XML: Multi-Dimensional Mark-up", "conference", "Workshop on NLP and XML"),
        (
            "Human Language Technologies: The 2009 Annual Conference of the Clocks",
            "conference",
            "Human Language Technologies: The Annual Conference of the Clocks",
        ),
        (
            "Companion Volume to the Proceedings of Conference including Posters/Demos and tutorial abstracts",
            "conference",
            "Conference including Posters/Demos and tutorial abstracts",
        ),
        ("Journal of Clocks: Research and Practice", "journal", "Journal of Clocks: Research and Practice"),
        ("arXiv", "repository", "arXiv"),
    ],
)
def test_series(name, kind, series):
    assert series_of(name, kind).name == series


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Journal of Clocks", "JOURNAL OF CLOCKS"),
        ("Journal of Clocks", "journal of clocks"),
        ("Revue générale", "Revue generale"),
        ("Journal of Clocks", "Journal Of Clocks"),
        ("PLoS ONE", "PloS one"),
        ("eClocks", "EClocks"),
        ("Journal of Clockwork", "Journal of CLOCKWORK"),
    ],
)
def test_the_better_of_two_spellings_is_the_same_in_either_order(better, worse):
    assert better_spelling(better, worse) == better_spelling(worse, better) == better


def test_the_better_of_two_kinds_is_the_same_in_either_order():
    assert better_kind("", "conference") == better_kind("conference", "") == "conference"
    assert better_kind("journal", "conference") == better_kind("conference", "journal") == "journal"


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        (
            "Proceedings of SENSEVAL-3, the Third International Workshop on the Evaluation of Clocks",
            "International Workshop on the Evaluation of Clocks",
        ),
        ("TextClocks-5 Workshop on Graph-based Clocks", "Workshop on Graph-based Clocks"),
        ("Workshop on Clocks", "Workshop on Clocks"),
    ],
)
def test_the_name_of_a_series_is_taken_apart_to_its_end(stated, name):
    assert series_name(stated, "conference") == name
    assert series_name(name, "conference") == name


def test_an_issue_says_its_numbers():
    found = series_of("Computational Linguistics, Volume 29, Number 1, March 2003", "journal")
    assert (found.volume, found.issue) == ("29", "1")


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Proceedings of the 48th Annual Meeting of the Association for Computational Linguistics (ACL 2010)", "acl"),
        ("Coling 2010: Posters", "coling"),
        ("AISTATS", "aistats"),
        ("Journal of Clocks", ""),
    ],
)
def test_the_acronym_is_what_the_name_itself_states(name, acronym):
    assert acronym_of(name, "journal" if "Journal" in name else "conference") == acronym
