"""Merging and splitting author records, and putting every row back."""

from datetime import UTC, datetime, timedelta

import pytest

from papers.models import (
    Author,
    AuthorAffiliation,
    AuthorName,
    Authorship,
    BylineDecision,
    Change,
    EntityStatement,
    RecordRevision,
)
from papers.services.author_revisions import RevisionRefused, merge_authors, split_author
from papers.services.bylines import attribute_byline, disown_byline, withdraw_decision
from papers.services.undoing import undo_revision
from tests.factories.record import make_author, make_institution, make_paper
from tests.papers.services.record_dump import record_dump

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


class Records:
    """Three records of two people, with everything that can hang on a record."""

    def __init__(self) -> None:
        self.ada = make_author("Ada Byron", also=["A. Byron"], ids={"openalex": "A1"}, name_slot="ada byron")
        self.twin = make_author(
            "Augusta Ada King",
            also=["A. Byron", "Ada King"],
            ids={"openalex": "A2", "scopus": "7"},
            name_slot="augusta ada king",
        )
        self.old = make_author("Ada Lovelace", name_slot="ada lovelace")
        Author.objects.filter(pk=self.old.pk).update(merged_into=self.twin)
        self.ben = make_author("Ben Babbage", name_slot="ben babbage")
        self.school = make_institution("Analytical School")
        self.one = make_paper("One", authors=[self.ada, self.ben], cites=5)
        self.two = make_paper("Two", authors=[(self.twin, self.school), self.ben], cites=3)
        self.both = make_paper("Both", authors=[self.ada, self.twin], cites=2)
        for author, sources in ((self.ada, ["a"]), (self.twin, ["a", "b"])):
            for source in sources:
                AuthorAffiliation.objects.create(author=author, institution=self.school, source=source)
        EntityStatement.objects.create(
            kind="author",
            object_id=self.twin.pk,
            source="s",
            source_key="k",
            digest=b"d",
            statement={},
            first_seen_at=NOW,
            changed_at=NOW,
        )


@pytest.fixture
def records():
    return Records()


def merge(records, by, **more):
    return merge_authors(
        merge_target_id=records.ada.pk, merged_ids=[records.twin.pk], by=by, reason="one person", now=NOW, **more
    )


def test_a_merge_moves_everything_and_leaves_a_flat_redirect(records, dana, bell, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        act = merge(records, dana)
    assert set(Authorship.objects.filter(author=records.ada).values_list("paper__title", flat=True)) == {
        "One",
        "Two",
        "Both",
    }
    assert not Authorship.objects.filter(author=records.twin).exists()
    assert {(i.scheme, i.value) for i in records.ada.identifiers.all()} == {
        ("openalex", "A1"),
        ("openalex", "A2"),
        ("scopus", "7"),
    }
    assert set(records.ada.names.values_list("name", flat=True)) == {
        "Ada Byron",
        "A. Byron",
        "Augusta Ada King",
        "Ada King",
    }
    assert records.ada.affiliations.count() == 2
    assert EntityStatement.objects.get().object_id == records.ada.pk
    heirs = Author.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    assert dict(heirs) == {records.twin.pk: records.ada.pk, records.old.pk: records.ada.pk}
    records.ada.refresh_from_db()
    assert "augusta" in records.ada.search_text
    assert (act.by, act.reason, act.undone_at) == (dana, "one person", None)
    changed = set(Change.objects.values_list("kind", "object_id"))
    assert {("author", records.ada.pk), ("author", records.twin.pk), ("paper", records.two.pk)} <= changed
    assert ("metrics.refresh_changes", {}) in bell


def test_undoing_a_merge_restores_every_row(records, dana):
    before = record_dump()
    act = merge(records, dana)
    assert record_dump() != before
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    assert record_dump() == before
    act.refresh_from_db()
    assert (act.undone_by, act.undone_at) == (dana, LATER)
    records.two.refresh_from_db()
    assert records.two.changed_at == LATER, "what read the work since the merge reads it again"
    with pytest.raises(RevisionRefused, match="already"):
        undo_revision(revision_id=act.pk, by=dana, now=LATER)


def test_two_merges_are_undone_in_turn_and_the_first_names_the_second(records, dana):
    before = record_dump()
    first = merge(records, dana)
    second = merge_authors(merge_target_id=records.ben.pk, merged_ids=[records.ada.pk], by=dana, reason="", now=LATER)
    assert set(Author.objects.exclude(merged_into=None).values_list("merged_into", flat=True)) == {records.ben.pk}
    with pytest.raises(RevisionRefused, match=rf"merge into Ben Babbage .*no. {second.pk}\) builds on it"):
        undo_revision(revision_id=first.pk, by=dana, now=LATER)
    undo_revision(revision_id=second.pk, by=dana, now=LATER)
    undo_revision(revision_id=first.pk, by=dana, now=LATER)
    assert record_dump() == before


@pytest.mark.parametrize(
    ("merge_target", "merged", "words"),
    [
        ("ada", [], "at least two"),
        ("ada", ["ada"], "into itself"),
        ("ada", ["old"], "merged into .* already"),
        ("old", ["ada"], "merged into .* already"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused_and_changes_nothing(records, dana, merge_target, merged, words):
    before = record_dump()
    with pytest.raises(RevisionRefused, match=words):
        merge_authors(
            merge_target_id=getattr(records, merge_target).pk,
            merged_ids=[getattr(records, name).pk for name in merged],
            by=dana,
            reason="",
            now=NOW,
        )
    assert record_dump() == before
    assert not RecordRevision.objects.exists()


def test_records_with_different_orcid_ids_are_merged_only_by_someone_who_knows_better(records, dana):
    for author, value in ((records.ada, "0000-0002-1825-0097"), (records.twin, "0000-0001-5109-3700")):
        author.identifiers.create(scheme="orcid", value=value)
    with pytest.raises(RevisionRefused, match="different ORCID"):
        merge(records, dana)
    before = record_dump()
    act = merge(records, dana, despite_orcids=True)
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    assert record_dump() == before


def test_a_merge_against_somebodys_word_is_refused(records, dana, ada):
    disown_byline(author_id=records.ada.pk, paper_id=records.one.pk, by=ada, reason="", now=NOW)
    other = Authorship.objects.get(paper=records.one, printed_name="Ada Byron").author
    with pytest.raises(RevisionRefused, match="“One” is by one of these records and not by another"):
        merge_authors(merge_target_id=records.ada.pk, merged_ids=[other.pk], by=dana, reason="", now=LATER)


@pytest.mark.parametrize("asked", [{"is_listed": False}, {"has_private_names": True}])
def test_a_record_that_is_to_be_shown_less_is_not_merged_into_one_that_is_shown(records, dana, asked):
    Author.objects.filter(pk=records.twin.pk).update(**asked)
    before = record_dump()
    with pytest.raises(RevisionRefused, match=r"Augusta Ada King .* asked for more privacy"):
        merge(records, dana)
    assert record_dump() == before
    act = merge_authors(merge_target_id=records.twin.pk, merged_ids=[records.ada.pk], by=dana, reason="", now=NOW)
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    assert record_dump() == before


def split(records, by, **more):
    return split_author(
        author_id=records.ada.pk, paper_ids=[records.one.pk], by=by, reason="two people", now=NOW, **more
    )


def test_a_split_makes_a_record_of_the_printed_name_and_says_so_of_each_byline(records, dana):
    name = AuthorName.objects.get(author=records.ada, name="A. Byron")
    act = split(records, dana, name="Ada Byron (engineer)", name_ids=[name.pk])
    made = Authorship.objects.get(paper=records.one, position=1).author
    assert made.pk not in {records.ada.pk, records.twin.pk}
    assert (made.name, made.name_slot) == ("Ada Byron (engineer)", None)
    assert list(made.names.values_list("name", flat=True)) == ["A. Byron"]
    said = BylineDecision.objects.filter(revision=act).order_by("is_theirs").values_list("author", "is_theirs")
    assert list(said) == [(records.ada.pk, False), (made.pk, True)]
    assert Authorship.objects.filter(author=records.ada).get().paper == records.both


def test_undoing_a_split_restores_every_row_and_keeps_the_new_address_as_a_redirect(records, dana):
    before = record_dump()
    act = split(records, dana)
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    after = record_dump()
    made = after["papers_author"].pop()
    assert made["merged_into_id"] == records.ada.pk
    assert after == before


def test_a_split_to_another_record_is_undone_row_by_row(records, dana, ada):
    attribute_byline(author_id=records.ada.pk, paper_id=records.one.pk, by=ada, reason="", now=NOW)
    before = record_dump()
    act = split(records, dana, to_author_id=records.twin.pk)
    assert Authorship.objects.get(paper=records.one, position=1).author == records.twin
    assert BylineDecision.objects.filter(withdrawn_at=None).count() == 2
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    assert record_dump() == before


@pytest.mark.parametrize(
    ("papers", "target", "words"),
    [
        ([], None, "Choose works"),
        (["two"], None, "Choose works"),
        (["one", "both"], None, "all works of the record"),
        (["both"], "twin", "on the byline of “Both” already"),
        (["one"], "ada", "another record"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused_and_changes_nothing(records, dana, papers, target, words):
    before = record_dump()
    with pytest.raises(RevisionRefused, match=words):
        split_author(
            author_id=records.ada.pk,
            paper_ids=[getattr(records, name).pk for name in papers],
            to_author_id=getattr(records, target).pk if target else None,
            by=dana,
            reason="",
            now=NOW,
        )
    assert record_dump() == before


def test_a_later_word_on_a_moved_byline_has_to_be_withdrawn_before_the_merge_is_undone(records, dana, ada):
    before = record_dump()
    act = merge(records, dana)
    word = disown_byline(author_id=records.ada.pk, paper_id=records.two.pk, by=ada, reason="", now=LATER)
    with pytest.raises(RevisionRefused, match="“Two” is not by Ada Byron"):
        undo_revision(revision_id=act.pk, by=dana, now=LATER)
    withdraw_decision(decision_id=word.pk, by=ada, now=LATER)
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    after = record_dump()
    assert after["papers_authorship"] == before["papers_authorship"]
    assert after["papers_authoridentifier"] == before["papers_authoridentifier"]
