"""Works that a curator joins, keeps apart and parts again; notices that name a work by its title."""

from datetime import UTC, datetime

import pytest

from harvest.services.joined_papers import join_papers, part_papers
from papers.models import (
    Authorship,
    Citation,
    Paper,
    PaperIdentifier,
    PaperMatch,
    PaperStatement,
    Venue,
    VenueName,
)
from papers.selectors.notices import notices_of, works_noticed_by
from papers.services.merging import merge_papers

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def work(key: str, title: str, **more: object) -> dict[str, object]:
    return {"ids": {"local": key}, "title": title, "published": "2010", "authors": ["Ada Byron"], **more}


def paper(key: str) -> Paper:
    return PaperIdentifier.objects.get(scheme="local", value=key).paper


PREPRINT = work("pre", "On the spacing of pendulums", type="preprint", venue={"name": "arXiv", "type": "repository"})
ARTICLE = work(
    "art:1",
    "Spacing pendulums, regularly",
    type="article",
    published="2019",
    venue={"name": "Journal of Pendulums", "type": "journal"},
    authors=["Ada Byron", "Bo Chen"],
    references=[{"local": "old"}, {"local": "not-here"}],
)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_a_venue_is_named_alike_whatever_the_order_in_which_its_works_come(load, order):
    venues = [
        {"name": "PROCEEDINGS OF THE 3RD MEETING ON CLOCKS", "type": ""},
        {"name": "Proceedings of the 3rd Meeting on Clocks", "type": "conference"},
        {"name": "Proceedings of the 4th Meeting on Clocks", "type": "conference"},
        {"name": "Proceedings of the 5th Meeting On Clocks", "type": "conference"},
    ]
    for place in order:
        load(work(f"w{place}", f"Clock number {place} of the tower", venue=venues[place]))
    venue = Venue.objects.get(merged_into=None)
    assert (venue.name, venue.kind) == ("Meeting on Clocks", "conference")
    assert set(VenueName.objects.values_list("name", flat=True)) == {
        "Proceedings of the 3rd Meeting on Clocks",
        "Proceedings of the 4th Meeting on Clocks",
        "Proceedings of the 5th Meeting On Clocks",
    }


@pytest.fixture
def pair(load):
    load(PREPRINT, ARTICLE, work("old", "An old paper on clocks"))
    load(work("citer", "A later paper on clocks", references=[{"local": "art:1"}, {"local": "pre"}]))
    one, other = sorted([paper("pre").pk, paper("art:1").pk])
    return PaperMatch.objects.create(one_id=one, other_id=other, reason="years", found_at=NOW)


def state() -> list[object]:
    rows = Paper.objects.filter(merged_into=None).order_by("pk")
    return [
        [
            [(one.pk, one.title, one.kind, one.venue_id, one.author_count, one.published_date) for one in rows],
            list(Authorship.objects.order_by("paper", "position").values_list("paper", "printed_name", "author")),
            list(PaperStatement.objects.order_by("pk").values_list("pk", "paper")),
            list(PaperIdentifier.objects.order_by("scheme", "value").values_list("paper", "value")),
            list(Citation.objects.order_by("citing", "cited").values_list("citing", "cited")),
        ]
    ]


def test_a_joined_pair_is_one_work_and_undone_two_again(pair, dana):
    before = state()
    assert join_papers(match_ids=[pair.pk], by=dana, now=NOW) == [pair.pk]
    shown = Paper.objects.get(pk=pair.one_id)
    assert (shown.title, shown.kind, shown.author_count) == ("Spacing pendulums, regularly", "article", 2)
    assert Paper.objects.get(pk=pair.other_id).merged_into_id == pair.one_id
    assert shown.locations.count() == 2
    assert part_papers(match_ids=[pair.pk], by=dana, now=NOW) == [pair.pk]
    assert state() == before
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("never", dana)


def test_only_an_open_pair_is_joined_and_only_a_joined_one_parted(pair, dana):
    assert part_papers(match_ids=[pair.pk], by=dana, now=NOW) == []
    join_papers(match_ids=[pair.pk], by=dana, now=NOW)
    assert join_papers(match_ids=[pair.pk], by=dana, now=NOW) == []


def test_what_is_kept_apart_stays_so_when_one_of_the_two_is_merged(pair, dana):
    PaperMatch.objects.filter(pk=pair.pk).update(state="never", decided_at=NOW, decided_by=dana)
    third = paper("old").pk
    merge_papers(merge_target_id=third, merged_ids=[pair.one_id])
    kept = PaperMatch.objects.get()
    assert ({kept.one_id, kept.other_id}, kept.state, kept.decided_by) == ({third, pair.other_id}, "never", dana)


def test_a_pair_of_one_title_that_is_kept_apart_is_not_joined_when_either_is_read_again(load, dana):
    first = work("one:1", "On the spacing of pendulums", venue={"name": "Clocks", "type": "journal"})
    second = {
        **first,
        "ids": {"doi": "10.5555/x"},
        "published": "2011",
        "venue": {"name": "Watches", "type": "journal"},
    }
    load(first)
    kept = paper("one:1").pk
    load({**second, "title": "Another title of it"})
    apart = PaperIdentifier.objects.get(scheme="doi").paper_id
    PaperMatch.objects.create(
        one_id=kept, other_id=apart, reason="years", found_at=NOW, state="never", decided_at=NOW, decided_by=dana
    )
    load(second)
    load({**first, "abstract": "More of it."})
    assert (paper("one:1").pk, PaperIdentifier.objects.get(scheme="doi").paper_id) == (kept, apart)
    assert PaperStatement.objects.get(source_key="doi:10.5555/x").paper_id == apart


JOURNAL = {"name": "Journal of Pendulums", "type": "journal"}
ABOUT = work("w", "On the spacing of pendulums", venue=JOURNAL)
NOTICE = work("n", "Retraction: On the spacing of pendulums", venue=JOURNAL, authors=["The Editors"], published="2012")


@pytest.mark.parametrize("order", [[ABOUT, NOTICE], [NOTICE, ABOUT]])
def test_a_notice_that_names_its_work_by_the_title_alone(load, order):
    for one in order:
        load(one)
    assert (paper("w").notice, paper("w").is_retracted, paper("n").is_retracted) == ("retraction", True, False)
    assert [one.notice_id for one in notices_of([paper("w").pk])[paper("w").pk]] == [paper("n").pk]
    assert [one.paper_id for one in works_noticed_by(paper("n").pk)] == [paper("w").pk]


def test_a_notice_in_another_journal_by_others_says_nothing_of_a_work_of_that_title(load):
    load(ABOUT, {**NOTICE, "venue": {"name": "Annals of Clocks", "type": "journal"}})
    assert paper("w").notice == ""
