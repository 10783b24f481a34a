"""Which version a record is of, where the versions of one work stand, and which records are versions of one work."""

from typing import Any

import pytest

from harvest.domain.build import build_work
from harvest.domain.matching import Verdict, statement_of, verdict
from harvest.domain.merge import merged
from harvest.domain.record import WorkRecord
from harvest.domain.versions import version_of

ARXIV = {"name": "arXiv", "type": "repository"}
JOURNAL = {"name": "Journal of Clocks", "type": "journal"}
MEETING = {"name": "Conference on Clocks", "type": "conference"}


def work(source: str = "records", **stated: Any) -> WorkRecord:
    told = {"ids": {"local": "x"}, "title": "On the spacing of clocks", "authors": ["Ada Byron"], **stated}
    return build_work(told, source=source)


PREPRINT = {"ids": {"arxiv": "1501.00001"}, "type": "preprint", "published": "2015-01-02", "venue": ARXIV}
ARTICLE = {"ids": {"doi": "10.5555/a"}, "type": "article", "published": "2017", "venue": JOURNAL, "volume": "3"}
PAPER = {"ids": {"acl": "P16-1001"}, "type": "conference-paper", "published": "2016", "venue": MEETING}


@pytest.mark.parametrize(
    ("stated", "version"),
    [
        (PREPRINT, "submitted"),
        (ARTICLE, "published"),
        ({"type": "dissertation", "venue": {"name": "HAL", "type": "repository"}}, "published"),
        ({"type": "article", "venue": {"name": "HAL", "type": "repository"}}, "submitted"),
        ({"type": "article", "version": "acceptedVersion"}, "accepted"),
        ({"type": "article"}, ""),
    ],
)
def test_version(stated, version):
    assert version_of(work(**stated)) == version


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
def test_the_version_of_record_is_shown_and_no_other_is_lost_whatever_the_order(order):
    records = [work("arxiv", **PREPRINT), work("crossref", **ARTICLE), work("acl", **PAPER)]
    shown = merged([records[n] for n in order])
    assert shown.record.venue is not None
    assert (shown.record.venue.name, shown.record.kind) == ("Journal of Clocks", "article")
    places = [(one.location.version, one.location.venue.name) for one in shown.locations if one.location.venue]
    assert places == [
        ("published", "Journal of Clocks"),
        ("published", "Conference on Clocks"),
        ("submitted", "arXiv"),
    ]
    assert shown.locations[0].location.details is not None
    assert shown.locations[0].location.details.volume == "3"


def test_a_withdrawn_preprint_says_nothing_of_what_was_published():
    preprint = work("arxiv", **PREPRINT, comment="This paper has been withdrawn by the author")
    assert [one.kind for one in merged([preprint]).record.notices] == ["withdrawal"]
    assert merged([preprint, work("crossref", **ARTICLE)]).record.notices == ()


def test_a_finer_date_of_the_same_version_is_kept_and_a_preprint_s_is_not_taken():
    exact = work("openalex", **{**ARTICLE, "published": "2017-05-03"})
    found = merged([work("crossref", **ARTICLE), exact, work("arxiv", **PREPRINT)]).record.published
    assert found is not None
    assert found.iso() == "2017-05-03"


def test_the_longest_byline_stands():
    whole = work("openalex", **{**ARTICLE, "authors": ["Ada Byron", "Bo Chen"]})
    assert len(merged([work("crossref", **ARTICLE), whole]).record.authors) == 2


def test_a_byline_is_not_longer_for_the_address_in_it():
    untidy = work("arxiv", **{**ARTICLE, "authors": ["Ada Byron", "Bo Chen", "9 pages", "Toytown Institute"]})
    tidy = work("crossref", **{**PREPRINT, "authors": ["Ada Byron", "Bo Chen"]})
    assert [one.name for one in merged([untidy, tidy]).record.authors] == ["Ada Byron", "Bo Chen"]


def test_a_journal_reference_is_the_place_in_its_authors_words():
    found = merged([work("arxiv", **PREPRINT, journal_ref="J. Clocks 3(2):45-67, 2017")]).locations
    assert [one.location.reference for one in found] == ["", "J. Clocks 3(2):45-67, 2017"]
    details = found[1].location.details
    assert details is not None
    assert (details.volume, details.issue, details.pages) == ("3", "2", "45-67")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (PREPRINT, ARTICLE, Verdict.ONE),
        (PREPRINT, {**ARTICLE, "published": "2021"}, Verdict.YEARS),
        (PREPRINT, {**ARTICLE, "published": "2027"}, Verdict.TWO),
        (PREPRINT, {**ARTICLE, "authors": ["Bo Byron"]}, Verdict.TWO),
        (ARTICLE, {**ARTICLE, "ids": {"doi": "10.5555/b"}}, Verdict.TWO),
        (PREPRINT, {**PREPRINT, "ids": {"arxiv": "1501.00002"}}, Verdict.TWO),
        (PAPER, ARTICLE, Verdict.ONE),
    ],
)
def test_whether_two_records_of_one_title_are_one_work(one, other, expected):
    assert verdict(statement_of(work(**one)), statement_of(work(**other))) is expected


def test_a_family_name_of_two_words_comes_from_the_source_that_states_it_and_initials_give_way_to_the_full_name():
    printed = work("crossref", **{**ARTICLE, "authors": ["Andrew Lloyd Webber", "B. Chen"]})
    stated = work(
        "openalex",
        **{**ARTICLE, "authors": [{"given": "Andrew", "family": "Lloyd Webber"}, {"name": "Bo Chen"}]},
    )
    first, second = merged([printed, stated]).record.authors
    assert (first.name, first.given, first.family) == ("Andrew Lloyd Webber", "Andrew", "Lloyd Webber")
    assert second.name == "Bo Chen"


def test_ids_and_affiliations_go_to_the_name_at_the_same_place_and_to_no_other():
    ids = {"orcid": "0000-0002-1825-0097"}
    plain = work("crossref", **{**ARTICLE, "authors": ["Ada Byron", "Bo Chen"]})
    known = work(
        "openalex", **{**ARTICLE, "authors": [{"name": "A. Byron", "ids": ids, "affiliations": ["Kent"]}, "Bo Li"]}
    )
    first, second = merged([plain, known]).record.authors
    assert ([str(i) for i in first.ids], [a.name for a in first.affiliations]) == (
        ["orcid:0000-0002-1825-0097"],
        ["Kent"],
    )
    assert (second.name, second.ids) == ("Bo Chen", ())
    shorter = work("openalex", **{**ARTICLE, "authors": [{"name": "Ada Byron", "ids": ids}]})
    assert merged([plain, shorter]).record.authors[0].ids == (), "a byline of another length says nothing of places"


def test_a_byline_that_every_source_cut_is_as_long_as_the_longest_that_is_known():
    one = work("crossref", **{**ARTICLE, "authors": ["Ada Byron", "Bo Chen"], "authors_total": 40})
    other = work("openalex", **{**ARTICLE, "authors": ["Ada Byron"], "authors_total": 377})
    record = merged([one, other]).record
    assert (len(record.authors), record.is_authors_truncated, record.authors_total) == (2, True, 377)
    whole = work("acl", **{**ARTICLE, "authors": ["Ada Byron", "Bo Chen", "Cleo Li"]})
    assert merged([one, other, whole]).record.authors_total is None


def test_a_preprints_licence_is_not_the_articles():
    preprint = work("arxiv", **PREPRINT, license="cc-by")
    assert merged([preprint, work("crossref", **ARTICLE)]).record.license == ""
    assert merged([preprint, work("crossref", **ARTICLE, license="cc0")]).record.license == "cc0"


def test_a_copy_of_what_a_portal_says_adds_nothing_where_a_source_speaks():
    copied = work("ris", **{**ARTICLE, "title": "Another title", "abstract": "More.", "copied_from": "W1abc"})
    shown = merged([copied, work("crossref", **ARTICLE)])
    assert (shown.record.title, shown.record.abstract, shown.field_sources) == (
        "On the spacing of clocks",
        "",
        {"*": "crossref"},
    )
    assert merged([copied]).record.title == "Another title"


@pytest.mark.parametrize(
    ("archive", "years", "expected"),
    [
        ("math.AG", 6, Verdict.ONE),
        ("math.AG", 7, Verdict.YEARS),
        ("cs.LG", 3, Verdict.ONE),
        ("cs.LG", 4, Verdict.YEARS),
    ],
)
def test_how_long_a_preprint_waits_for_its_article_is_its_archives_habit(archive, years, expected):
    preprint = work(**PREPRINT, categories=[archive])
    article = work(**{**ARTICLE, "published": str(2015 + years)})
    assert verdict(statement_of(preprint), statement_of(article)) is expected
    assert verdict(statement_of(article), statement_of(preprint)) is expected


@pytest.mark.parametrize(("year", "expected"), [("2013", Verdict.ONE), ("2012", Verdict.YEARS)])
def test_a_preprint_may_be_posted_a_little_after_its_article(year, expected):
    assert verdict(statement_of(work(**PREPRINT)), statement_of(work(**{**ARTICLE, "published": year}))) is expected


def test_a_place_without_venue_is_named_by_its_authors_reference():
    preprint = {**PREPRINT, "ids": {"arxiv": "1501.00001", "doi": "10.5555/a"}, "journal_ref": "J. Clocks 3, 45 (2017)"}
    published, own = merged([work("arxiv", **preprint)]).locations[::-1]
    assert (str(published.location.identifier), published.location.reference) == (
        "doi:10.5555/a",
        "J. Clocks 3, 45 (2017)",
    )
    assert str(own.location.identifier) == "arxiv:1501.00001"
