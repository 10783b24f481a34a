"""What people ask of the record about themselves, and what is left of them when they go."""

from datetime import UTC, datetime, timedelta

import pytest

from common.hooks import UserErased
from papers.models import (
    Author,
    BylineDecision,
    Change,
    Correction,
    Paper,
    PaperSearch,
    RecordKind,
    RecordRevision,
    VenueMerge,
)
from papers.selectors.user_data import export_user_data
from papers.services.author_revisions import merge_authors
from papers.services.bylines import disown_byline, withdraw_decision
from papers.services.corrections import correct_field
from papers.services.privacy import set_listed, set_private_names
from papers.services.undoing import undo_revision
from papers.services.user_data import erase_user_data
from papers.services.venue_merges import merge_venues, undo_venue_merge
from tests.factories.record import make_author, make_paper, make_venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def record():
    return make_author("Ada King", also=["Ada Byron"])


@pytest.fixture
def paper(record):
    made = make_paper("On clocks", authors=[record])
    Paper.objects.update(changed_at=NOW - timedelta(days=9))
    return made


def told(author: Author, paper: Paper) -> bool:
    """Whether everything that shows this name is made anew."""
    paper.refresh_from_db()
    return (
        Change.objects.filter(kind="author", object_id=author.pk).exists()
        and PaperSearch.objects.get(paper=paper).is_stale
        and paper.changed_at == NOW
    )


def test_a_person_is_taken_off_every_list_and_comes_back(record, paper):
    assert set_listed(author_id=record.pk, is_listed=False, now=NOW)
    assert told(record, paper)
    assert not Author.objects.listed().exists()
    assert not set_listed(author_id=record.pk, is_listed=False, now=LATER), "nothing changed"
    assert set_listed(author_id=record.pk, is_listed=True, now=LATER)
    assert Author.objects.listed().get() == record


def test_what_is_no_person_or_stands_no_more_is_not_listed_by_asking(record):
    group = make_author("The Clock Consortium", kind="group", is_listed=False)
    gone = make_author("A. King", merged_into=record, is_listed=False)
    for one in (group, gone):
        assert not set_listed(author_id=one.pk, is_listed=True, now=NOW)
    assert not set_listed(author_id=10**12, is_listed=True, now=NOW)
    assert list(Author.objects.listed()) == [record]


def test_with_private_names_a_person_is_found_by_the_present_one_alone(record, paper):
    assert set_private_names(author_id=record.pk, is_private=True, now=NOW)
    record.refresh_from_db()
    assert (record.has_private_names, record.search_text) == (True, "ada king")
    assert told(record, paper)
    assert not set_private_names(author_id=record.pk, is_private=True, now=LATER), "nothing changed"
    assert set_private_names(author_id=record.pk, is_private=False, now=LATER)
    record.refresh_from_db()
    assert record.search_text == "ada king byron"


def test_names_that_the_person_gives_are_found_as_well(record):
    set_private_names(author_id=record.pk, is_private=True, also=["Augusta King"], now=NOW)
    record.refresh_from_db()
    assert record.search_text == "ada king augusta"


def test_a_record_that_is_gone_has_no_names_to_keep(record):
    gone = make_author("A. King", merged_into=record)
    for pk in (gone.pk, 10**12):
        assert not set_private_names(author_id=pk, is_private=True, now=NOW)
    assert not Author.objects.filter(has_private_names=True).exists()


@pytest.fixture
def decided(record, paper, dana):
    """One of everything that Dana can decide, all but the correction taken back by herself."""
    twin = make_author("A. King")
    correct_field(
        kind=RecordKind.PAPER,
        object_ids=[paper.pk],
        field="title",
        value="On watches",
        reason="misread",
        by=dana,
        now=NOW,
    )
    word = disown_byline(author_id=record.pk, paper_id=paper.pk, by=dana, reason="a namesake", now=NOW)
    withdraw_decision(decision_id=word.pk, by=dana, now=LATER)
    merge = merge_authors(merge_target_id=record.pk, merged_ids=[twin.pk], by=dana, reason="one", now=NOW)
    undo_revision(revision_id=merge.pk, by=dana, now=LATER)
    one, other = make_venue("Clocks"), make_venue("Watches")
    venues = merge_venues(kept_id=one.pk, merged_id=other.pk, rule="curator", by=dana, now=NOW)
    undo_venue_merge(merge_id=venues.pk, by=dana, now=LATER)
    return dana


def test_the_export_says_all_that_a_person_decided_and_nothing_of_others(decided, record, paper, cleo):
    found = export_user_data(decided.pk)
    assert [(one["field"], one["value"], one["reason"]) for one in found["corrections"]] == [
        ("title", "On watches", "misread")
    ]
    (word,) = found["byline_decisions"]
    assert (word["work"], word["author"], word["is_theirs"]) == (paper.public_id, record.public_id, False)
    assert (word["printed_name"], word["reason"], word["withdrawn_at"]) == ("Ada King", "a namesake", LATER)
    (merge,) = found["merges_and_splits"]
    assert (merge["kind"], merge["at"], merge["undone_at"]) == ("merge", NOW, LATER)
    assert len(found["venue_merges"]) == 1
    assert not any(export_user_data(cleo.pk).values())


def test_decisions_stay_without_the_name_of_whoever_goes(decided):
    erase_user_data(UserErased(user_id=decided.pk, at=LATER))
    assert not any(export_user_data(decided.pk).values())
    columns = {
        Correction: ("by",),
        BylineDecision: ("by", "withdrawn_by"),
        RecordRevision: ("by", "undone_by"),
        VenueMerge: ("by", "undone_by"),
    }
    for model, names in columns.items():
        assert model.objects.values_list(*names).get() == (None,) * len(names)
    assert Correction.objects.get().value == "On watches"


def test_what_others_decided_keeps_their_name(decided, cleo):
    erase_user_data(UserErased(user_id=cleo.pk, at=LATER))
    assert len(export_user_data(decided.pk)["corrections"]) == 1
    assert RecordRevision.objects.get().undone_by == decided
