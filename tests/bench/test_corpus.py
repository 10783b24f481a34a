"""The benchmark's corpus has the shape of real ones, and the same bytes each time."""

from collections import Counter
from itertools import islice

import numpy as np
import orjson
import pytest
import zstandard

from bench.corpus import PLANTED, SCALES, build, corpus_file, plan
from bench.corpus.names import initials_of
from harvest.domain.build import build_work

PAPERS = 6000


@pytest.fixture(scope="module")
def drawn():
    return plan.make_plan(papers=PAPERS, seed=1)


@pytest.fixture(scope="module")
def records():
    return [orjson.loads(line) for chunk in build.lines(papers=PAPERS, seed=1) for line in chunk.splitlines()]


def test_teams_have_a_mean_of_three_and_a_median_of_two(drawn):
    sizes = np.diff(drawn.teams.starts)
    assert 2.7 <= sizes.mean() <= 3.4
    assert np.median(sizes) == 2
    assert 10 <= np.percentile(sizes, 99) <= 16


def test_somewhat_less_than_half_of_the_authors_have_one_paper(drawn):
    papers = np.bincount(drawn.teams.values)
    papers = papers[papers > 0]
    assert 0.42 <= (papers == 1).mean() <= 0.5
    assert papers.max() > 50


def test_papers_cite_about_a_dozen_earlier_ones_of_a_median_age_of_four_years(drawn):
    counts = np.diff(drawn.references.starts)
    citing = np.repeat(np.arange(PAPERS), counts)
    assert (drawn.references.values < citing).all()
    assert 8 <= counts.mean() <= 14
    ages = (drawn.days[citing] - drawn.days[drawn.references.values]) / 365.25
    assert 3.3 <= np.median(ages) <= 4.7


def test_citations_are_concentrated_on_few_papers(drawn):
    cited = np.sort(np.bincount(drawn.references.values, minlength=PAPERS))
    assert 0.25 <= (cited == 0).mean() <= 0.53
    assert 0.1 <= cited[-PAPERS // 100 :].sum() / cited.sum() <= 0.4


def test_author_names_are_all_different(drawn):
    assert len(set(drawn.names)) == len(drawn.names)


def test_planted_authors_have_the_papers_they_were_given(records):
    bylines = Counter(author["name"] for record in records for author in record["authors"])
    assert [bylines[each.name] for each in PLANTED] == [each.papers for each in PLANTED]


def test_every_record_is_accepted_by_the_importer_without_a_warning(records):
    assert len(records) == PAPERS
    for record in records[::20]:
        assert build_work(record).warnings == ()


def test_abstracts_titles_and_identifiers_look_like_real_ones(records):
    lengths = [len(record["abstract"]) for record in records]
    assert 861 <= np.median(lengths) <= 1347
    assert 55 <= np.mean([len(record["title"]) for record in records]) <= 80
    assert len({record["title"] for record in records}) == PAPERS
    ids = [item for record in records for item in record["ids"].items()]
    assert len(set(ids)) == len(ids)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones():
    first, again, other = (b"".join(build.lines(papers=2000, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_corpus_is_written_once_and_found_again(tmp_path, monkeypatch):
    monkeypatch.setitem(SCALES, "tiny", 200)
    path = corpus_file(tmp_path, scale="tiny")
    written = path.stat().st_mtime_ns
    assert corpus_file(tmp_path, scale="tiny") == path
    assert path.stat().st_mtime_ns == written
    with zstandard.open(path, "rt") as lines:
        assert sum(1 for _ in islice(lines, 1000)) == 200
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_initials_keep_the_family_name():
    assert initials_of("Ada Maria Byron") == "A. M. Byron"
    assert initials_of("Gijs van der Berg") == "G. Berg"
