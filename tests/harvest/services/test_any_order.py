"""The same works come of the same records, in whatever order sources bring them."""

from datetime import UTC, datetime
from itertools import permutations

import orjson
import pytest

from harvest.services.importing import import_files
from harvest.sources import OPENALEX
from papers.models import Paper, Venue, VenueName

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def work(**more: object) -> dict[str, object]:
    return {"title": "On the spacing of pendulums", "published": "2020", "authors": [{"name": "Ada Byron"}], **more}


PRINTED_TWICE = {
    "coling": work(ids={"acl": "C98-1014"}, type="conference-paper", venue={"name": "COLING 1998 Volume 1"}),
    "acl": work(ids={"acl": "P98-1014"}, type="conference-paper", venue={"name": "36th Annual Meeting of the ACL"}),
    "arxiv": work(ids={"arxiv": "cs/9809106"}, type="preprint", venue={"name": "arXiv", "type": "repository"}),
}


@pytest.mark.parametrize("order", [*permutations(PRINTED_TWICE)])
@pytest.mark.parametrize("together", [True, False])
def test_a_preprint_that_was_printed_twice_is_one_work_in_any_order(load, order, together):
    records = [PRINTED_TWICE[name] for name in order]
    if together:
        load(*records)
    else:
        for record in records:
            load(record)
    paper = Paper.objects.get(merged_into=None)
    assert paper.identifiers.count() == 3
    assert paper.locations.count() == 3


def test_what_was_printed_twice_without_a_preprint_is_two_by_its_ids(load):
    load(PRINTED_TWICE["coling"], PRINTED_TWICE["acl"])
    assert Paper.objects.count() == 2


@pytest.mark.parametrize("first", ["register", "works"])
def test_a_venue_is_spelled_the_same_whether_its_register_or_its_works_came_first(load, tmp_path, first):
    def register():
        path = tmp_path / "sources.jsonl"
        path.write_bytes(
            orjson.dumps({"id": "https://openalex.org/S7", "display_name": "Stem clocks", "type": "journal"})
        )
        import_files(source=OPENALEX, paths=[path], clock=lambda: NOW)

    def works():
        load(work(ids={"doi": "10.5555/1"}, venue={"name": "Stem Clocks", "type": "journal"}))

    for step in (register, works) if first == "register" else (works, register):
        step()
    assert (VenueName.objects.get().name, Venue.objects.get().name) == ("Stem Clocks", "Stem Clocks")


@pytest.mark.parametrize("first", ["register", "works"])
@pytest.mark.parametrize("together", [True, False])
def test_two_records_of_a_venue_without_an_issn_are_one_venue_in_any_order(load, tmp_path, first, together):
    lines = [
        orjson.dumps({"id": f"https://openalex.org/S{number}", "display_name": name, "type": "repository"})
        for number, name in ((7, "Stem Archive (Long University of Stems)"), (8, "Stem Archive (Stem University)"))
    ]

    def register():
        for number, content in enumerate([b"\n".join(lines)] if together else lines):
            path = tmp_path / f"sources-{number}.jsonl"
            path.write_bytes(content)
            import_files(source=OPENALEX, paths=[path], clock=lambda: NOW)

    def works():
        for number, name in ((1, "Stem Archive (Stem University)"), (2, "Stem Archive (Long University of Stems)")):
            load(work(ids={"doi": f"10.5555/{number}"}, venue={"name": name, "type": "repository"}))

    for step in (register, works) if first == "register" else (works, register):
        step()
    [venue] = Venue.objects.all()
    assert venue.name == "Stem Archive (Long University of Stems)"
    assert venue.identifiers.filter(scheme="openalex").count() == 2


def test_journals_of_one_name_are_told_apart_by_their_issns(tmp_path):
    path = tmp_path / "sources.jsonl"
    path.write_bytes(
        b"\n".join(
            orjson.dumps(
                {"id": f"https://openalex.org/S{n}", "display_name": "Stems", "type": "journal", "issn": [issn]}
            )
            for n, issn in ((7, "0031-9007"), (8, "0028-0836"))
        )
    )
    import_files(source=OPENALEX, paths=[path], clock=lambda: NOW)
    assert Venue.objects.count() == 2


def test_of_two_records_of_a_journal_in_one_file_the_better_spelling_is_shown(tmp_path):
    path = tmp_path / "sources.jsonl"
    names = ("Stem clocks", "Stem Clocks")
    path.write_bytes(
        b"\n".join(
            orjson.dumps(
                {"id": f"https://openalex.org/S{n}", "display_name": name, "type": "journal", "issn": ["0031-9007"]}
            )
            for n, name in enumerate(names, 7)
        )
    )
    import_files(source=OPENALEX, paths=[path], clock=lambda: NOW)
    assert Venue.objects.get().name == "Stem Clocks"
