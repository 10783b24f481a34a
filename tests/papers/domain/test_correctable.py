"""What people may set, and the one form in which it is kept."""

import pytest

from papers.domain.correctable import (
    CORRECTABLE,
    INSTITUTION_STATUSES,
    VENUE_KINDS,
    WORK_KINDS,
    InvalidCorrection,
    canonical,
)


@pytest.mark.parametrize(
    ("kind", "field", "value", "kept"),
    [
        ("paper", "title", "  On clocks\x00 ", "On clocks"),
        ("paper", "abstract", None, ""),
        ("paper", "abstract", "", ""),
        ("paper", "published", "2022", "2022"),
        ("paper", "published", "2022-05", "2022-05"),
        ("paper", "published", "2022/5/4", "2022-05-04"),
        ("paper", "published", "  ", ""),
        ("paper", "published", None, ""),
        ("paper", "is_retracted", True, True),
        ("paper", "is_retracted", None, False),
        ("paper", "venue", "7", 7),
        ("paper", "venue", 7, 7),
        ("paper", "venue", "", None),
        ("paper", "venue", None, None),
        ("institution", "established_year", "1222", 1222),
        ("institution", "established_year", 1222, 1222),
        ("institution", "established_year", "", None),
        ("institution", "established_year", None, None),
        ("venue", "kind", "", ""),
        ("author", "name", "王小明", "王小明"),
    ],
)
def test_a_value_is_kept_in_one_form(kind, field, value, kept):
    found = canonical(kind, field, value)
    assert (found, type(found)) == (kept, type(kept))
    assert canonical(kind, field, found) == kept


@pytest.mark.parametrize(
    ("kind", "field", "value", "why"),
    [
        ("paper", "title", " ", "The title cannot be empty."),
        ("paper", "title", "\x00", "The title cannot be empty."),
        ("author", "name", None, "The name cannot be empty."),
        ("paper", "title", "x" * 2_001, "The title can have at most 2,000 characters."),
        ("author", "name", "x" * 301, "The name can have at most 300 characters."),
        ("paper", "language", "x" * 17, "The language can have at most 16 characters."),
        ("venue", "kind", "blog", "'blog' is none of: book, conference, journal, repository, series."),
        ("institution", "status", "closed", "'closed' is none of: active, inactive, withdrawn."),
        ("paper", "published", "2022-02-30", "Write 2022, 2022-05 or 2022-05-24: 2022-02-30 does not exist."),
        ("paper", "published", "May 2022", "Write 2022, 2022-05 or 2022-05-24: 'May 2022' is not a date."),
        ("institution", "established_year", "12", "'12' is not a year from 1000 on."),
        ("institution", "established_year", "1222-05", "'1222-05' is not a year from 1000 on."),
        ("institution", "established_year", "long ago", "'long ago' is not a year from 1000 on."),
        ("paper", "venue", "Journal of Clocks", "'Journal of Clocks' is not the number of a record."),
        ("paper", "venue", "-1", "'-1' is not the number of a record."),
        ("paper", "venue", "9" * 5_000, f"'{'9' * 40}' is not the number of a record."),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_a_sentence(kind, field, value, why):
    with pytest.raises(InvalidCorrection) as refusal:
        canonical(kind, field, value)
    assert str(refusal.value) == why
    assert refusal.value.field == field


@pytest.mark.parametrize(("kind", "field"), [("paper", "doi"), ("paper", "cited_by_count"), ("author", "orcid")])
def test_identifiers_and_counts_are_nobodys_to_correct(kind, field):
    with pytest.raises(KeyError):
        canonical(kind, field, "x")


def test_a_text_may_be_as_long_as_the_rule_says():
    assert canonical("paper", "title", f" {'x' * 2_000} ") == "x" * 2_000


def test_every_listed_word_is_taken_and_fits_its_column():
    for kind, field, words in (
        ("paper", "kind", WORK_KINDS),
        ("venue", "kind", VENUE_KINDS),
        ("institution", "status", INSTITUTION_STATUSES),
    ):
        rule = CORRECTABLE[kind][field]
        assert [canonical(kind, field, word) for word in words] == list(words)
        assert max(map(len, words)) <= rule.longest
        assert list(words) == sorted(words)
