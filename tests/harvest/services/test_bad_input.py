"""Files that are damaged, wrong or hostile: a sentence that names the place, and all the rest of the file is imported."""

import gzip
import io
import lzma
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest
from django.core.management import CommandError, call_command

from harvest.domain import reading
from harvest.domain import record as bounds
from harvest.models import ImportRun, RejectedRecord
from papers.models import Author, AuthorIdentifier, Citation, Paper, PaperIdentifier, Venue

pytestmark = pytest.mark.django_db

OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>'
OAI_RECORD = """<record><header><identifier>oai:arXiv.org:{id}</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{id}</id><created>2007-05-01</created><authors><author><keyname>Byron</keyname>
<forenames>Ada</forenames></author></authors><title>{title}</title><categories>math.NA</categories></arXiv></metadata></record>"""
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def work(number: int, **more: object) -> dict[str, object]:
    return {
        "ids": {"local": f"work-{number}"},
        "title": f"On the regular spacing of {number} pendulums",
        "authors": [{"name": "Ada Byron"}],
        **more,
    }


def line(number: int, **more: object) -> bytes:
    return orjson.dumps(work(number, **more)) + b"\n"


@dataclass
class Outcome:
    """What a command left behind: its exit status, counts, sentence and the places it rejected."""

    status: int
    counts: dict[str, int]
    sentence: str
    rejected: list[tuple[int, str]]

    @property
    def titles(self) -> set[str]:
        return set(Paper.objects.values_list("title", flat=True))


def has(outcome: Outcome, *numbers: int) -> bool:
    return {work(n)["title"] for n in numbers} <= outcome.titles


@pytest.fixture
def bring(tmp_path: Path):
    def bring(data: bytes, name: str = "bad.jsonl", command: str = "import_records") -> Outcome:
        path = tmp_path / name
        path.write_bytes(data)
        return run(command, path)

    return bring


def run(command: str, *paths: Path) -> Outcome:
    said, status, sentence = io.StringIO(), 0, ""
    try:
        call_command(command, *map(str, paths), no_refresh=True, stdout=said)
    except CommandError as problem:
        status, sentence = problem.returncode, str(problem)
    last = said.getvalue().strip().splitlines()[-1:]
    counts = {name: int(count) for name, count in re.findall(r"(\w+)=(\d+)", last[0])} if last else {}
    found = RejectedRecord.objects.filter(is_warning=False).order_by("line", "pk")
    return Outcome(status, counts, sentence, list(found.values_list("line", "code")))


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "cut.jsonl.xz", "cut.jsonl.zst"])
def test_a_truncated_file_is_imported_up_to_where_it_breaks_off(bring, name):
    import zstandard

    data = b"".join(line(n, abstract=f"{zlib.crc32(bytes([n % 251])):x}{n * 7919:x}" * 60) for n in range(2000))
    pack = {"gz": gzip.compress, "xz": lzma.compress, "zst": zstandard.compress}[name.rsplit(".", 1)[1]]
    packed = pack(data)
    outcome = bring(packed[: len(packed) * 9 // 10], name)
    assert outcome.status == 1
    assert re.search(rf"{name}: cannot be read after line [\d,]+: .*ends too early", outcome.sentence)
    assert outcome.counts["created"] > 100
    assert outcome.rejected[-1][1] == "unreadable"
    assert ImportRun.objects.get().state == ImportRun.State.FAILED


def test_a_file_that_is_not_what_its_ending_says_is_said_to_be_so(bring):
    outcome = bring(line(1), "plain.jsonl.gz")
    assert (outcome.status, outcome.counts["created"]) == (1, 0)
    assert "plain.jsonl.gz" in outcome.sentence
    assert "not a .gz file" in outcome.sentence


def test_a_packed_file_without_its_ending_is_read_all_the_same(bring):
    assert bring(gzip.compress(line(1)), "packed.jsonl").counts["created"] == 1


BAD_LINES = {
    "bad_encoding": '{"ids": {"local": "w"}, "title": "Théorie"'.encode("latin-1"),
    "bad_json": b'{"ids": {"local": "w"}, "title": ',
    "not_an_object": b"[1, 2, 3]",
    "no_title": b'{"ids": {"local": "w"}, "title": " "}',
    "no_id": b'{"title": "A title that stands alone"}',
}


@pytest.mark.parametrize("code", sorted(BAD_LINES))
def test_a_bad_line_is_rejected_with_its_place_and_the_others_are_taken(bring, code):
    outcome = bring(line(1) + BAD_LINES[code] + b"\n" + line(2))
    assert outcome.status == 0
    assert outcome.counts == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 1}
    assert outcome.rejected == [(2, code)]
    assert has(outcome, 1, 2)
    said = io.StringIO()
    call_command("rejected", stdout=said)
    assert f"bad.jsonl:2: {code}: " in said.getvalue()


def test_a_lone_surrogate_or_nul_does_not_reach_the_database(bring):
    outcome = bring(
        line(1)
        + b'{"ids": {"local": "s"}, "title": "Half of \\ud83d a pair of pendulums"}\n'
        + b'{"ids": {"local": "n\\u0000"}, "title": "A title\\u0000 with nothing in it", "authors": [{"name": "A\\u0000da"}],'
        + b' "x\\u0000": ["\\u0000"]}\n'
        + b'{"ids": {"local": "raw"}, "title": "A raw \x00 byte"}\n'
        + line(2)
    )
    assert outcome.status == 0
    assert has(outcome, 1, 2)
    assert all("\x00" not in title and title.isprintable() for title in outcome.titles)
    assert outcome.counts["created"] + outcome.counts["rejected"] == 5


def test_a_line_beyond_the_bound_is_rejected_unread(bring, monkeypatch):
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 50_000)
    outcome = bring(line(1) + line(3, title="x" * 60_000) + line(2))
    assert (outcome.status, outcome.rejected) == (0, [(2, "line_too_long")])
    assert has(outcome, 1, 2)


def test_a_title_of_many_characters_is_cut_with_a_warning(bring):
    outcome = bring(line(1) + line(3, title="pendulum " * 100_000) + line(2))
    assert outcome.status == 0
    assert outcome.counts["rejected"] == 0
    assert Paper.objects.filter(title__startswith="pendulum pendulum").count() == 1


def test_a_byline_of_3303_names_is_taken_whole(bring):
    outcome = bring(line(1, authors=[{"name": f"Author{n} Family{n}"} for n in range(3_303)]) + line(2))
    assert outcome.status == 0
    assert Paper.objects.get(title=work(1)["title"]).authorships.count() == 3_303


def test_a_list_of_references_beyond_the_bound_is_cut_with_a_warning(bring, monkeypatch):
    from harvest.domain import relations

    monkeypatch.setattr(relations, "MAX_REFERENCES", 50)
    outcome = bring(line(1, references=[{"local": f"r-{n}"} for n in range(60)]) + line(2))
    assert (outcome.status, outcome.counts["created"]) == (0, 2)
    warning = RejectedRecord.objects.get(is_warning=True)
    assert warning.line == 1
    assert "of 60 references the first 50 were taken" in warning.reason


def test_self_citations_and_loops_are_no_trouble(bring):
    outcome = bring(
        line(1, references=[{"local": "work-1"}, {"local": "work-2"}])
        + line(2, references=[{"local": "work-3"}])
        + line(3, references=[{"local": "work-1"}])
    )
    assert outcome.counts["created"] == 3
    assert Citation.objects.count() == 3
    assert "cites the work itself" in RejectedRecord.objects.get(is_warning=True).reason


def test_an_orcid_with_a_wrong_check_digit_is_dropped_and_its_author_kept(bring):
    outcome = bring(line(1, authors=[{"name": "Ada Byron", "ids": {"orcid": "0000-0002-1825-0098"}}]))
    assert outcome.counts["created"] == 1
    assert Author.objects.get().name == "Ada Byron"
    assert not AuthorIdentifier.objects.exists()
    assert "0000-0002-1825-0098" in RejectedRecord.objects.get(is_warning=True).reason


def test_a_bomb_of_zeros_is_left_after_its_bound(bring, monkeypatch):
    monkeypatch.setattr(reading, "RATIO_APPLIES_FROM", 2**20)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * 2**20
    bomb = packer.compress(line(1)) + b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()
    outcome = bring(bomb, "bomb.jsonl.gz")
    assert outcome.status == 1
    assert "expands more than 1,000 times" in outcome.sentence
    assert has(outcome, 1)


def test_an_empty_file_is_complete_and_has_nothing(bring):
    outcome = bring(b"")
    assert (outcome.status, sum(outcome.counts.values())) == (0, 0)


def test_a_folder_and_a_missing_path_are_unusable(tmp_path):
    for path, why in ((tmp_path, "is a folder"), (tmp_path / "none.jsonl", "There is no file")):
        outcome = run("import_records", path)
        assert outcome.status == 2
        assert why in outcome.sentence
        assert str(path) in outcome.sentence
    assert not ImportRun.objects.exists()


def test_a_good_file_before_a_missing_one_is_not_begun(tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_bytes(line(1))
    assert run("import_records", good, tmp_path / "none.jsonl").status == 2
    assert not Paper.objects.exists()


def test_a_table_in_place_of_json_lines_is_rejected_line_by_line(bring):
    outcome = bring(b"title,year\nOn pendulums,2020\n" + line(1))
    assert (outcome.status, outcome.rejected) == (0, [(1, "bad_json"), (2, "bad_json")])
    assert has(outcome, 1)


def test_xml_that_declares_entities_is_refused(bring):
    outcome = bring((BOMB + OAI.format("<record>&b;</record>")).encode(), "bomb.xml", "import_arxiv")
    assert (outcome.status, outcome.counts["created"]) == (1, 0)
    assert "bomb.xml" in outcome.sentence
    assert "entities" in outcome.sentence


def test_xml_of_a_hundred_thousand_levels_costs_its_record_alone(bring):
    deep = "<record>" + "<a>" * 100_000 + "</a>" * 100_000 + "</record>"
    good = OAI_RECORD.format(id="0705.0001", title=work(1)["title"])
    outcome = bring(OAI.format(f"\n{deep}\n{good}").encode(), "deep.xml", "import_arxiv")
    assert (outcome.status, outcome.rejected) == (0, [(2, "too_deep")])
    assert has(outcome, 1)


def test_a_record_of_broken_xml_costs_itself_alone(bring):
    first, last = (OAI_RECORD.format(id=f"0705.000{n}", title=work(n)["title"]) for n in (1, 2))
    broken = OAI_RECORD.format(id="0705.0003", title="<b>never closed")
    outcome = bring(OAI.format("\n".join([first, broken, last])).encode(), "odd.xml", "import_arxiv")
    assert (outcome.status, [code for _, code in outcome.rejected]) == (0, ["bad_xml"])
    assert has(outcome, 1, 2)


def test_bibtex_with_unbalanced_braces_loses_that_entry(bring):
    entry = "@article{{k{n},\n title = {{On the regular spacing of {n} pendulums}},\n author = {{Byron, Ada}},\n year = 2020\n}}\n"
    broken = "@article{k3,\n title = {On {the irregular,\n year = 2020\n}\n"
    data = entry.format(n=1) + broken + entry.format(n=2)
    outcome = bring(data.encode(), "refs.bib", "import_bibtex")
    assert outcome.status == 0
    assert (5 + 1, "bad_bibtex") in outcome.rejected
    assert has(outcome, 1, 2)


def test_a_line_of_another_encoding_does_not_change_the_rest_of_a_bibtex_file(bring):
    entry = "@article{{k{n},\n title = {{On {name} and pendulums}},\n author = {{Byron, Ada}},\n year = 2020\n}}\n"
    data = entry.format(n=1, name="Erdős").encode() + entry.format(n=2, name="Möbius").encode("latin-1")
    outcome = bring(data, "refs.bib", "import_bibtex")
    assert outcome.titles == {"On Erdős and pendulums", "On Möbius and pendulums"}


def test_a_cut_bibtex_file_gives_its_whole_entries(bring):
    entries = "".join(
        f"@article{{k{n},\n title = {{On {n:x} pendulums {n * 7919}}},\n year = 2020\n}}\n" for n in range(500)
    )
    packed = gzip.compress(entries.encode())
    outcome = bring(packed[: len(packed) * 3 // 4], "refs.bib.gz", "import_bibtex")
    assert outcome.status == 1
    assert outcome.counts["created"] > 100
    assert "refs.bib.gz" in outcome.sentence


def test_ris_without_an_end_ends_where_the_next_begins(bring):
    entry = "TY  - JOUR\nTI  - {}\nAU  - Byron, Ada\nPY  - 2020\n"
    data = entry.format("A work without end") + entry.format(work(1)["title"]) + "ER  - \n"
    outcome = bring(data.encode(), "refs.ris", "import_ris")
    assert (outcome.status, outcome.rejected, outcome.counts["created"]) == (0, [], 2)


@pytest.mark.parametrize(
    ("name", "command", "data"),
    [
        ("refs.bib", "import_bibtex", b"This is a letter, not a list of references.\n"),
        ("refs.ris", "import_ris", b"<html><body>Please log in</body></html>\n"),
        ("refs.json", "import_csl", b"<html><body>Please log in</body></html>\n"),
        ("works.jsonl", "import_records", b'{"broken\n[1]\n'),
        ("works.jsonl", "import_crossref", b'{"status": "error"}\n'),
        ("page.xml", "import_arxiv", b"<error>no records</error>"),
    ],
)
def test_a_file_of_which_nothing_was_understood_says_so(bring, name, command, data):
    outcome = bring(data, name, command)
    assert outcome.status == 1
    assert f"{name}: nothing in it could be read as" in outcome.sentence


def test_wrong_details_cost_no_record(bring):
    odd = {
        "ids": {"doi": "n/a"},
        "title": "A work of odd details",
        "published": "May 2, 2014",
        "authors": [{"name": 7}, "Ada"],
    }
    outcome = bring(orjson.dumps(odd))
    assert (outcome.status, outcome.counts["created"], outcome.rejected) == (0, 1, [])
    assert RejectedRecord.objects.filter(is_warning=True).count() == 4


def test_what_is_as_long_as_is_taken_fits_its_columns(bring):
    long = "ß" * 400
    venue = {"name": long, "type": "t" * 90, "issn": "2049-3630", "publisher": long}
    outcome = bring(
        line(
            1,
            ids={"doi": "10.1000/" + "x" * 480, "local": "l" * 290},
            type="k" * 90,
            language="l" * 90,
            license=long,
            authors=[{"name": f"{long} {long}", "affiliations": [{"name": long * 9, "ror": "00390t168"}]}],
            categories=[{"scheme": "s" * 90, "code": "c" * 64}, "d" * 65],
            topics=[{"name": long}],
            venue=venue,
            urls={"u" * 90: "https://example.org/" + "u" * 1_900},
            source="s" * 90,
            title="ß" * 2_000,
            references=[{"doi": "10.1000/" + "y" * 480}, {"local": "r" * 300}],
            cited_by_count=2**31 - 1,
        )
        + line(2)
    )
    assert (outcome.status, outcome.counts["created"]) == (0, 2)
    assert PaperIdentifier.objects.filter(scheme="doi").count() == 0, "a DOI beyond the bound is dropped"
    assert len(Venue.objects.get().name) == bounds.MAX_NAME_CHARS


def test_nothing_that_json_can_say_stops_a_run(bring):
    odd = [
        None,
        True,
        -1,
        2**70,
        1e300,
        "",
        "\x07",
        [],
        [None],
        [[["x"]]],
        {},
        {"name": None},
        {"ids": []},
        "9" * 400,
    ]
    names = (
        "ids title abstract type published updated venue language license categories "
        "topics comment authors references references_total cited_by_count retracted urls source versions"
    ).split()
    lines = [
        (orjson.dumps({**work(n), name: None})[:-1] + b',"%s":%s}\n' % (name.encode(), _json(value)))
        for n, (name, value) in enumerate((name, value) for name in names for value in odd)
    ]
    outcome = bring(b"".join(lines) + line(9_999))
    assert outcome.status == 0
    assert has(outcome, 9_999)
    assert not [place for place, code in outcome.rejected if code == "not_understood"]


def _json(value: object) -> bytes:
    import json

    return json.dumps(value).encode()


def test_json_of_a_thousand_levels_is_rejected_or_taken_but_stops_nothing(bring):
    deep = b'{"ids": {"local": "d"}, "title": "A deep one of them all", "x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}\n"
    near = b'{"ids": {"local": "n"}, "title": "A deep one that is taken", "x": ' + b"[" * 1_000 + b"]" * 1_000 + b"}\n"
    outcome = bring(line(1) + deep + near + line(2))
    assert outcome.status == 0
    assert has(outcome, 1, 2)


def test_the_same_fault_twice_at_one_place_is_listed_once(bring):
    titleless = {"id": "https://openalex.org/W1", "title": None}
    line_of_three = orjson.dumps({"results": [titleless, titleless, {**titleless, "title": "A title of its own"}]})
    outcome = bring(line_of_three, "answer.jsonl", "import_openalex")
    assert outcome.status == 0
    assert outcome.counts == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 2}
    assert outcome.rejected == [(1, "no_title")]
