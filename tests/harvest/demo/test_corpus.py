"""The demo corpus: the same for everyone, shaped like the real thing, and usable by the importer."""

import hashlib
import re
from collections import Counter
from pathlib import Path
from statistics import mean, median

import pytest

from harvest.demo import corpus, registries
from harvest.demo.corpus import PROLIFIC_NAME
from harvest.demo.dice import Dice
from harvest.demo.people import SOLITARY_NAME
from harvest.domain.build import build_work


@pytest.fixture(scope="module")
def records():
    return list(corpus.records())


@pytest.fixture(scope="module")
def bylines(records):
    return Counter(author["name"] for record in records for author in record["authors"])


def test_the_default_corpus_has_two_thousand_papers_and_about_seven_hundred_authors(records, bylines):
    assert len(records) == 2000
    full_names = [name for name in bylines if not re.match(r"\w\. ", name)]
    assert 690 <= len(full_names) <= 700


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path: Path):
    def digest(seed: int) -> str:
        path = tmp_path / f"{seed}.jsonl"
        corpus.write(path, papers=80, seed=seed)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    assert digest(7) == digest(7)
    assert digest(7) != digest(8)


def test_the_importer_accepts_every_record_without_a_warning(records):
    for record in records:
        assert build_work(record).warnings == (), record["ids"]


def test_one_author_has_a_fifth_of_the_papers_and_one_a_single_paper(bylines):
    assert bylines[PROLIFIC_NAME] == 400
    assert bylines[SOLITARY_NAME] == 1


def test_one_paper_has_six_hundred_authors_and_the_next_largest_about_sixty(records):
    sizes = sorted((len(record["authors"]) for record in records), reverse=True)
    assert sizes[0] == 600
    assert 40 <= sizes[1] <= 62
    assert 2 <= median(sizes) <= 3


def test_nobody_is_twice_on_one_byline(records):
    for record in records:
        names = [author["name"] for author in record["authors"]]
        assert len(names) == len(set(names)), record["title"]


def test_titles_and_identifiers_are_not_repeated(records):
    titles = {record["title"] for record in records}
    ids = [item for record in records for item in record["ids"].items()]
    assert len(titles) == len(records)
    assert len(set(ids)) == len(ids)


def test_abstracts_are_whole_paragraphs_with_some_mathematics(records):
    abstracts = [record["abstract"] for record in records if "abstract" in record]
    assert len(abstracts) > 0.9 * len(records)
    assert all(700 <= len(text) <= 1400 and text.endswith(".") for text in abstracts)
    assert all(text.count("$") % 2 == 0 for text in abstracts)
    assert not any("{few}" in text or "{subject}" in text for text in abstracts)
    assert 0.5 < mean("$" in text for text in abstracts) < 0.95


def test_references_point_back_in_time_with_a_median_age_of_about_four_years(records):
    place = {item: n for n, record in enumerate(records) for item in record["ids"].items()}
    ages, resolved = [], 0
    for number, record in enumerate(records):
        for reference in record["references"]:
            cited = place.get(next(iter(reference.items())))
            if cited is not None:
                assert cited < number
                resolved += 1
                ages.append(int(record["published"][:4]) - int(records[cited]["published"][:4]))
    assert 3 <= median(ages) <= 5
    assert 7 <= resolved / len(records) <= 13


def test_dates_come_in_three_precisions_and_none_lies_in_the_future(records):
    lengths = Counter(len(record["published"]) for record in records)
    assert set(lengths) == {4, 7, 10}
    assert max(record["published"] for record in records) <= "2026-11-22"
    assert max(record.get("updated", "") for record in records) <= "2026-11-22"


def test_a_few_works_are_retracted_and_some_have_a_reported_count(records):
    assert 2 <= sum("retracted" in record for record in records) <= 6
    assert 0.5 < mean("cited_by_count" in record for record in records) < 0.7


def test_names_come_in_several_scripts_and_some_bylines_have_initials_only(bylines):
    assert any(re.search(r"[\u4e00-\u9fff]", name) for name in bylines)
    assert any(re.search(r"[\u0400-\u04ff]", name) for name in bylines)
    assert any(re.fullmatch(r"[A-ZÅÁ]\. \w+", name) for name in bylines)
    assert any(name.count(" ") >= 2 and "." not in name for name in bylines)


def test_identifiers_have_right_check_digits_but_lie_outside_what_registries_assign(records):
    iD = registries.orcid(Dice(3))
    digits = iD.replace("-", "")
    assert registries.iso7064_mod_11_2(digits[:15]) == digits[15]
    assert iD.startswith("0009-9")
    assert registries.iso7064_mod_11_2("000000021825009") == "7"
    assert all(re.fullmatch(r"https://ror\.org/0zz[a-z0-9]{4}\d\d", registries.ror(n)) for n in range(50))
    assert all(record["ids"].get("doi", "10.5555/").startswith("10.5555/") for record in records)


@pytest.mark.parametrize("papers", [10, 37, 250])
def test_a_corpus_of_any_size_has_exactly_the_papers_asked_for(papers):
    found = list(corpus.records(papers=papers, seed=5))
    assert len(found) == papers
    assert all(record["authors"] for record in found)


def test_a_corpus_of_fewer_than_ten_papers_is_refused():
    with pytest.raises(ValueError, match="at least 10 papers"):
        next(corpus.records(papers=9))
