"""Files in, rows out: what an import makes, and that it makes the same however often and in whatever order."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from harvest.models import ImportRun, RejectedRecord
from harvest.services import importing, parsing
from harvest.services.importing import UnusablePaths, import_files
from harvest.sources import RECORDS
from papers.models import (
    Author,
    AuthorIdentifier,
    Citation,
    Correction,
    Paper,
    PaperStatement,
    UnresolvedReference,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def work(number: int, **more: object) -> dict[str, object]:
    return {
        "ids": {"local": f"work-{number}"},
        "title": f"On the regular spacing of {number} pendulums",
        "published": "2020-03-04",
        "authors": [{"name": "Ada Byron"}],
        "source": "records",
        **more,
    }


@pytest.fixture
def load(tmp_path: Path):
    def load(*works: dict[str, object], name: str = "works.jsonl", at: datetime = NOW) -> ImportRun:
        path = tmp_path / name
        path.write_bytes(b"\n".join(orjson.dumps(one) for one in works) + b"\n")
        return import_files(source=RECORDS, paths=[path], clock=lambda: at)

    return load


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.created_count, run.updated_count, run.unchanged_count, run.rejected_count


def test_a_second_run_of_a_file_finds_everything_unchanged(load):
    works = [work(n) for n in range(5)]
    assert counts(load(*works)) == (5, 0, 0, 0)
    stored = list(Paper.objects.order_by("pk").values())
    assert counts(load(*works)) == (0, 0, 5, 0)
    assert list(Paper.objects.order_by("pk").values()) == stored


def test_a_changed_record_updates_its_work_and_keeps_its_public_id(load):
    load(work(1))
    before = Paper.objects.get()
    assert counts(load(work(1, title="On the irregular spacing of one pendulum"))) == (0, 1, 0, 0)
    after = Paper.objects.get()
    assert (after.public_id, after.title) == (before.public_id, "On the irregular spacing of one pendulum")


def test_two_statements_of_one_key_in_a_file_do_not_take_turns(load):
    pair = (work(1), work(1, title="On the spacing of pendulums, revised"))
    assert counts(load(*pair))[0] == 1
    assert Paper.objects.get().title == "On the spacing of pendulums, revised"
    later = datetime(2026, 6, 1, tzinfo=UTC)
    assert counts(load(*pair, at=later)) == (0, 0, 2, 0)


def test_a_source_that_goes_back_to_an_earlier_statement_is_followed(load):
    load(work(1))
    load(work(1, title="A title that was wrong all along"), at=datetime(2026, 6, 1, tzinfo=UTC))
    run = load(work(1), at=datetime(2026, 7, 1, tzinfo=UTC))
    assert counts(run) == (0, 1, 0, 0)
    assert Paper.objects.get().title == "On the regular spacing of 1 pendulums"


def test_works_of_two_sources_are_one_by_a_shared_identifier(load):
    load(work(1, ids={"arxiv": "2205.11789", "doi": "10.1000/X"}, source="arxiv", abstract="With $x^2$."))
    run = load(work(2, ids={"doi": "https://doi.org/10.1000/x"}, source="crossref", venue={"name": "Acta"}))
    assert counts(run) == (0, 1, 0, 0)
    paper = Paper.objects.get()
    assert paper.title == "On the regular spacing of 2 pendulums"
    assert paper.abstract == "With $x^2$."
    assert paper.field_sources["title"] == "crossref"
    assert paper.field_sources["abstract"] == "arxiv"
    assert set(paper.statements.values_list("source", flat=True)) == {"arxiv", "crossref"}


def test_works_of_two_sources_are_one_by_title_year_and_first_author(load):
    load(work(1, ids={"arxiv": "2205.11789"}, source="arxiv"))
    load(
        work(
            1,
            ids={"doi": "10.1000/x"},
            source="crossref",
            title="On the Regular Spacing of 1 Pendulums.",
            published="2021",
            authors=[{"name": "Byron, A."}],
        )
    )
    assert Paper.objects.count() == 1
    assert Author.objects.count() == 1, "the byline with the fuller name stands"


@pytest.mark.parametrize(
    "other",
    [
        {"published": "2023"},
        {"authors": [{"name": "Cleo Somerville"}]},
        {"published": None},
        {"authors": []},
    ],
)
def test_a_title_alone_never_makes_two_works_one(load, other):
    load(work(1, ids={"arxiv": "2205.11789"}, source="arxiv"))
    load(work(1, ids={"doi": "10.1000/x"}, source="crossref") | other)
    assert Paper.objects.count() == 2


def test_two_works_with_different_arxiv_ids_stay_two_however_alike(load):
    load(work(1, ids={"arxiv": "2205.11789"}), work(1, ids={"arxiv": "2205.11790"}))
    assert Paper.objects.count() == 2


def test_chapters_that_carry_their_books_isbn_stay_apart(load):
    load(
        work(1, ids={"local": "c1", "isbn": "9783161484100"}, type="book-chapter"),
        work(2, ids={"local": "c2", "isbn": "9783161484100"}, type="book-chapter"),
    )
    assert Paper.objects.count() == 2


def test_a_record_that_joins_two_stored_works_merges_them_and_the_old_id_redirects(load):
    load(work(1, ids={"arxiv": "2205.11789"}, references=[{"doi": "10.1000/z"}], source="arxiv"))
    load(work(2, ids={"doi": "10.1000/x"}, source="crossref"), work(3, references=[{"doi": "10.1000/x"}]))
    assert Paper.objects.count() == 3
    load(work(1, ids={"arxiv": "2205.11789", "doi": "10.1000/x"}, source="openalex"))
    merge_target = Paper.objects.get(merged_into=None, identifiers__scheme="arxiv")
    merged = Paper.objects.exclude(merged_into=None).get()
    assert merged.merged_into == merge_target
    assert merge_target.statements.count() == 3
    assert Citation.objects.get().cited == merge_target
    assert UnresolvedReference.objects.get().citing == merge_target
    assert not merged.authorships.exists()


@pytest.mark.parametrize("cited_first", [True, False])
def test_a_citation_resolves_whichever_side_comes_first(load, cited_first):
    citing = work(1, references=[{"doi": "10.1000/x"}, {"arxiv": "9901001"}], references_total=2)
    cited = work(2, ids={"doi": "10.1000/X"})
    load(*([cited, citing] if cited_first else [citing, cited]))
    edge = Citation.objects.get()
    assert (edge.citing.title, edge.cited.title) == (citing["title"], cited["title"])


def test_a_reference_resolves_when_its_work_arrives_in_a_later_import(load):
    load(work(1, references=[{"doi": "10.1000/x"}]))
    assert UnresolvedReference.objects.count() == 1
    load(work(2, ids={"doi": "10.1000/x"}))
    assert (UnresolvedReference.objects.count(), Citation.objects.count()) == (0, 1)


def test_a_reference_with_two_ids_is_one_edge(load):
    load(work(2, ids={"doi": "10.1000/x", "arxiv": "2205.11789"}))
    load(work(1, references=[{"doi": "10.1000/x"}, {"arxiv": "2205.11789"}]))
    assert Citation.objects.count() == 1


def test_works_that_cite_each_other_are_both_kept_and_none_cites_itself(load):
    load(
        work(1, references=[{"local": "work-2"}, {"local": "work-1"}]),
        work(2, references=[{"local": "work-1"}]),
    )
    assert Citation.objects.count() == 2


def test_authors_are_one_by_full_name_and_two_by_different_ids(load):
    load(
        work(1),
        work(2, authors=[{"name": "ADA BYRON"}, {"name": "Ben Babbage"}]),
        work(3, authors=[{"name": "Ada Byron", "ids": {"orcid": "0000-0002-1825-0097"}}]),
        work(4, authors=[{"name": "Ada Byron", "ids": {"orcid": "0000-0001-5109-3700"}}]),
    )
    assert Author.objects.filter(key="ada byron").count() == 2
    assert AuthorIdentifier.objects.count() == 2


def test_an_author_is_found_by_id_under_another_name(load):
    load(work(1, authors=[{"name": "Ada Byron", "ids": {"orcid": "0000-0002-1825-0097"}}]))
    load(
        work(
            2,
            authors=[{"name": "Ada Lovelace", "ids": {"orcid": "https://orcid.org/0000-0002-1825-0097"}}],
        )
    )
    assert Author.objects.get().authorships.count() == 2


def test_namesakes_on_one_byline_are_two_authors(load):
    load(work(1, authors=[{"name": "Wei Wang"}, {"name": "Wei Wang"}]))
    load(work(2, authors=[{"name": "Wei Wang"}, {"name": "Wei Wang"}]))
    assert sorted(author.authorships.count() for author in Author.objects.all()) == [2, 2]


def test_initials_join_the_one_full_name_that_shares_a_coauthor(load):
    load(work(1, authors=[{"name": "Ada Byron"}, {"name": "Ben Babbage"}]))
    load(work(2, authors=[{"name": "A. Byron"}, {"name": "Ben Babbage"}]))
    assert Author.objects.get(key="ada byron").authorships.count() == 2


def test_initials_stay_apart_without_a_shared_coauthor_or_with_two_candidates(load):
    load(
        work(1, authors=[{"name": "Ada Byron"}, {"name": "Ben Babbage"}]),
        work(2, authors=[{"name": "Anna Byron"}, {"name": "Ben Babbage"}]),
    )
    load(
        work(3, authors=[{"name": "A. Byron"}]),
        work(4, authors=[{"name": "A. Byron"}, {"name": "Ben Babbage"}]),
    )
    assert Author.objects.get(key="a byron").authorships.count() == 2


def test_a_name_keeps_its_author_when_the_record_changes(load):
    load(work(1))
    author = Author.objects.get()
    load(work(1, title="On the spacing of pendulums, again"))
    assert Author.objects.get() == author


def test_a_correction_outlives_later_imports(load, dana):
    load(work(1))
    paper = Paper.objects.get()
    Correction.objects.create(
        kind="paper", object_id=paper.pk, field="title", value="What its author calls it", by=dana, at=NOW
    )
    load(work(1, title="Something else again", comment="new"))
    paper.refresh_from_db()
    assert (paper.title, paper.comment) == ("What its author calls it", "new")
    assert paper.field_sources["title"] == "correction"


def test_partial_dates_keep_their_precision(load):
    load(work(1, published="2022-05"), work(2, published="2022"))
    assert list(Paper.objects.order_by("pk").values_list("published_precision", flat=True)) == ["M", "Y"]


def test_reported_counts_are_kept_per_source_and_the_largest_is_shown(load):
    load(work(1, ids={"doi": "10.1000/x"}, cited_by_count=4, source="crossref"))
    load(work(1, ids={"doi": "10.1000/x"}, cited_by_count=9, source="openalex"))
    paper = Paper.objects.get()
    assert (paper.reported_citation_count, paper.shown_citation_count) == (9, 9)
    assert paper.authorships.get().shown_citation_count == 9
    assert dict(paper.reported_citations.values_list("source", "count")) == {"crossref": 4, "openalex": 9}


def test_bad_lines_are_rejected_with_their_place_and_the_rest_is_taken(tmp_path):
    path = tmp_path / "mixed.jsonl"
    good = orjson.dumps(work(1))
    path.write_bytes(
        b"\n".join([good, b'{"broken', orjson.dumps({"title": "no id"}), orjson.dumps(work(2, published="20222"))])
    )
    run = import_files(source=RECORDS, paths=[path], clock=lambda: NOW)
    assert counts(run) == (2, 0, 0, 2)
    assert run.state == ImportRun.State.COMPLETE
    rejected = list(RejectedRecord.objects.order_by("line").values_list("line", "code"))
    assert rejected == [(2, "bad_json"), (3, "no_id"), (4, "warning")]
    assert "20222" in RejectedRecord.objects.get(line=4).reason


def test_a_cut_gzip_is_imported_as_far_as_it_goes_and_the_run_says_where_it_ends(tmp_path):
    import gzip

    path = tmp_path / "cut.jsonl.gz"
    whole = gzip.compress(b"\n".join(orjson.dumps(work(n, abstract=f"{n * 7919}" * 40)) for n in range(3000)))
    path.write_bytes(whole[: len(whole) * 2 // 3])
    run = import_files(source=RECORDS, paths=[path], clock=lambda: NOW)
    assert run.created_count > 500
    assert run.state == ImportRun.State.FAILED
    assert "cut.jsonl.gz" in run.failure


def test_a_byline_of_3303_names_is_taken_whole(load):
    load(work(1, authors=[{"name": f"Author{n} Family{n}"} for n in range(3303)]))
    assert Paper.objects.get().authorships.count() == 3303


def test_missing_paths_are_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UnusablePaths, match="no file"):
        import_files(source=RECORDS, paths=[tmp_path / "none.jsonl"], clock=lambda: NOW)
    assert not ImportRun.objects.exists()


def test_a_run_that_was_killed_goes_on_behind_its_last_chunk(tmp_path, monkeypatch):
    monkeypatch.setattr(parsing, "CHUNK_PIECES", 10)
    path = tmp_path / "works.jsonl"
    path.write_bytes(b"\n".join(orjson.dumps(work(n)) for n in range(50)))
    write, seen = importing.write_batch, []

    def dies_in_the_third_chunk(records, **more):
        seen.append(len(records))
        if len(seen) == 3:
            raise KeyboardInterrupt
        return write(records, **more)

    monkeypatch.setattr(importing, "write_batch", dies_in_the_third_chunk)
    with pytest.raises(KeyboardInterrupt):
        import_files(source=RECORDS, paths=[path], clock=lambda: NOW)
    assert Paper.objects.count() == 20
    monkeypatch.setattr(importing, "write_batch", write)
    run = import_files(source=RECORDS, paths=[path], clock=lambda: NOW)
    assert ImportRun.objects.count() == 1
    assert counts(run) == (50, 0, 0, 0)
    assert Paper.objects.count() == PaperStatement.objects.count() == 50


@pytest.mark.parametrize("together", [True, False])
def test_two_parts_that_were_given_one_doi_stay_two_and_the_first_keeps_it(load, together):
    first = work(1, ids={"arxiv": "1505.01798", "doi": "10.1000/x"}, title="Spline bases on the 12-split: Part I")
    second = work(2, ids={"arxiv": "1505.01801", "doi": "10.1000/x"}, title="Spline bases on the 12-split: Part II")
    if together:
        load(first, second)
    else:
        load(first)
        load(second)
    one, other = Paper.objects.order_by("pk")
    assert one.identifiers.filter(scheme="doi").exists()
    assert not other.identifiers.filter(scheme="doi").exists()
    later = datetime(2026, 6, 1, tzinfo=UTC)
    assert counts(load(first, second, at=later)) == (0, 0, 2, 0)
    load(second | {"comment": "revised"}, at=later)
    assert Paper.objects.filter(merged_into=None).count() == 2


def test_one_paper_that_a_server_has_twice_is_one_by_its_doi_and_title(load):
    load(*(work(1, ids={"arxiv": number, "doi": "10.1000/x"}) for number in ("1505.01798", "1505.01801")))
    assert Paper.objects.get().identifiers.count() == 3


def test_a_column_that_a_journal_prints_again_and_again_is_a_work_each_time(load):
    column = {"title": "Questions and Answers", "venue": {"name": "The Newsletter", "type": "journal"}}
    load(*(work(n, ids={"doi": f"10.1000/{n}"}) | column for n in (1, 2)))
    load(work(3, ids={"doi": "10.1000/3"}) | column)
    assert Paper.objects.count() == 3


def test_a_preprint_and_its_article_with_a_doi_each_are_one(load):
    load(work(1, ids={"doi": "10.1101/1"}, venue={"name": "bioRxiv"}))
    load(work(1, ids={"doi": "10.1002/1"}, venue={"name": "Ecology and Evolution"}))
    assert Paper.objects.count() == 1


def test_author_ids_of_the_anthology_tell_namesakes_apart_and_join_spellings(load):
    people = [
        ("Yang Liu", "yang-liu-ict"),
        ("Yang Liu", "yang-liu-icsi"),
        ("William J. Byrne", "bill-byrne"),
        ("W. Byrne", "bill-byrne"),
    ]
    load(*(work(n, authors=[{"name": name, "ids": {"acl": one}}]) for n, (name, one) in enumerate(people)))
    assert Author.objects.count() == 3


@pytest.mark.parametrize("together", [True, False])
def test_an_author_of_initials_is_called_by_the_full_name_that_an_id_brings(load, together):
    ids = {"acl": "bill-byrne"}
    short = work(1, authors=[{"name": "W. Byrne", "ids": ids}])
    full = work(2, authors=[{"name": "William J. Byrne", "ids": ids}])
    if together:
        load(short, full)
    else:
        load(short)
        load(full)
    author = Author.objects.get()
    assert (author.name, author.is_initials, author.family_key) == ("William J. Byrne", False, "byrne")
    assert {"w", "william", "byrne"} <= set(author.search_text.split())
