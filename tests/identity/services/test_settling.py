"""Settling on the database: works move, addresses lead on, decisions hold, and a run is undone as one."""

from datetime import UTC, datetime, timedelta

import pytest

from identity.models import IdentityConstraint, IdentityLink, IdentityMove, IdentityRun
from identity.selectors.why import doubt_of, possibly_theirs, why
from identity.services import disambiguation
from identity.services.constraints import broken_constraints
from identity.services.disambiguation import settle
from identity.services.reading import read_record
from identity.services.undoing import RunRefused, undo_run
from papers.models import Author, AuthorName, Authorship, PaperStatement
from papers.services.author_revisions import merge_authors
from papers.services.bylines import disown_byline
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def clock():
    return NOW


@pytest.fixture
def record():
    """Three works of one pair, in the third with initials, which the landed rule made another record of."""
    full, short = (
        make_author("Yorick Wilkszon", name_slot="yorick wilkszon"),
        make_author("Y. Wilkszon", name_slot="y wilkszon"),
    )
    louise = make_author("Louise Guthrieva", name_slot="louise guthrieva")
    papers = [
        make_paper("Preference semantics of words", authors=[full, louise]),
        make_paper("Semantics of words in texts", authors=[full, louise]),
        make_paper("Preference semantics again", authors=[short, louise]),
    ]
    return full, short, louise, papers


def test_initials_go_to_the_person_and_the_empty_record_leads_there(record):
    full, short, _, papers = record
    run = settle(clock=clock)
    assert set(Authorship.objects.filter(paper__in=papers, position=1).values_list("author_id", flat=True)) == {full.pk}
    short.refresh_from_db()
    assert (short.merged_into_id, short.name_slot) == (full.pk, None)
    assert (run.state, run.moved_count) == (IdentityRun.State.COMPLETE, 1)
    reason = why(author_id=full.pk, paper_id=papers[2].pk)
    assert reason.rule == "initials"
    assert reason.probability > 0.6
    assert any(code == "wrote with" for code, _, _ in reason.facts)


def test_a_person_of_initials_is_called_by_the_full_name_that_comes():
    full, short = make_author("Yorick Wilkszon"), make_author("Y. Wilkszon")
    louise = make_author("Louise Guthrieva")
    make_paper("Preference semantics of words", authors=[full, louise])
    for title in ("Semantics of words in texts", "Preference semantics again", "Words and preference in texts"):
        make_paper(title, authors=[short, louise])
    settle(clock=clock)
    full.refresh_from_db()
    short.refresh_from_db()
    assert full.merged_into_id == short.pk
    assert (short.name, short.key, short.is_initials) == ("Yorick Wilkszon", full.key, False)


def test_an_undone_run_takes_its_names_back():
    full, short = make_author("Yorick Wilkszon"), make_author("Y. Wilkszon")
    louise = make_author("Louise Guthrieva")
    AuthorName.objects.all().delete()
    make_paper("Preference semantics of words", authors=[full, louise])
    for title in ("Semantics of words in texts", "Preference semantics again", "Words and preference in texts"):
        make_paper(title, authors=[short, louise])
    run = settle(clock=clock)
    undo_run(run_id=run.pk, now=NOW)
    short.refresh_from_db()
    assert (short.name, short.is_initials) == ("Y. Wilkszon", True)


def test_a_record_that_is_owned_keeps_its_name(monkeypatch):
    author, louise = make_author("Yorik Wilkszon"), make_author("Louise Guthrieva")
    AuthorName.objects.all().delete()
    make_paper("Preference semantics of words", authors=[author, louise])
    Authorship.objects.filter(author=author).update(printed_name="Yorick Wilkszon")
    with monkeypatch.context() as patched:
        patched.setattr(disambiguation, "weighty_among", lambda ids: {author.pk})
        settle(clock=clock)
    author.refresh_from_db()
    assert author.name == "Yorik Wilkszon"
    settle(clock=clock)
    author.refresh_from_db()
    assert author.name == "Yorick Wilkszon"


def test_a_run_that_was_stopped_after_it_moved_works_is_finished_by_the_next(record, monkeypatch):
    full, short, _, _ = record

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(disambiguation, "_link", stop)
        with pytest.raises(KeyboardInterrupt):
            settle(clock=clock)
    assert IdentityRun.objects.get().state == "running"
    run = settle(clock=clock)
    short.refresh_from_db()
    assert (run.state, run.moved_count, short.merged_into_id) == ("complete", 1, full.pk)
    assert IdentityLink.objects.exclude(zone="ask").count() == Authorship.objects.count()


def test_every_mention_has_one_reason(record):
    settle(clock=clock)
    stand = IdentityLink.objects.exclude(zone="ask")
    assert stand.count() == Authorship.objects.count()
    assert all(link.author_id == link.authorship.author_id for link in stand.select_related("authorship"))


def test_a_second_settling_moves_nothing(record):
    settle(clock=clock)
    assert settle(clock=clock).moved_count == 0


def test_a_run_is_undone_as_one(record):
    _full, short, _, _papers = record
    before = list(Authorship.objects.order_by("pk").values_list("pk", "author_id"))
    run = settle(clock=clock)
    undo_run(run_id=run.pk, now=NOW + timedelta(hours=1))
    short.refresh_from_db()
    assert list(Authorship.objects.order_by("pk").values_list("pk", "author_id")) == before
    assert (short.merged_into_id, short.name_slot) == (None, "y wilkszon")
    with pytest.raises(RunRefused):
        undo_run(run_id=run.pk, now=NOW)


def test_an_id_that_a_source_writes_as_an_address_stays_with_its_work():
    """One record of a common name for two people; the iD is believed of the work whose source states it."""
    orcid = "0000-0002-1825-0097"
    wei = make_author("Wei Wang", ids={"orcid": orcid})
    stated, *_ = [
        make_paper(title, authors=[wei, make_author(beside)])
        for title, beside in (
            ("Electrodes of copper in cells", "Feiyang Moren"),
            ("Syntax trees in translation", "Dana Marcuson"),
            ("Trees of syntax for translation", "Kevin Knightly"),
        )
    ]
    authors = [{"name": "Wei Wang", "ids": {"orcid": f"https://orcid.org/{orcid}", "openalex": "none of theirs"}}]
    statement = {"title": stated.title, "authors": authors}
    PaperStatement.objects.create(
        paper=stated,
        source="openalex",
        source_key="W1",
        digest=b"1",
        statement=statement,
        first_seen_at=NOW,
        changed_at=NOW,
    )
    assert [*read_record().corpus.ids.values()] == [(f"orcid:{orcid}",)]
    settle(clock=clock)
    assert Authorship.objects.get(paper=stated, position=1).author == wei
    assert why(author_id=wei.pk, paper_id=stated.pk).rule == "identifier"


def test_what_somebody_disowned_does_not_come_back(record, ada):
    full, _, _, papers = record
    disown_byline(author_id=full.pk, paper_id=papers[0].pk, by=ada, reason="a namesake", now=NOW)
    settle(clock=clock)
    assert Authorship.objects.get(paper=papers[0], position=1).author_id != full.pk
    assert IdentityConstraint.objects.get(kind="is_not").author_id == full.pk
    assert broken_constraints() == []


def test_a_merge_is_never_taken_apart(dana):
    one, other = make_author("Susanna Warwickson"), make_author("Susanna Armstrongova")
    for k in range(3):
        make_paper(f"Tagging of text {k}", authors=[one])
        make_paper(f"Geology of stones {k}", authors=[other])
    merge_authors(merge_target_id=one.pk, merged_ids=[other.pk], by=dana, reason="she says so", now=NOW)
    settle(clock=clock)
    assert set(Authorship.objects.values_list("author_id", flat=True)) == {one.pk}
    assert IdentityConstraint.objects.get(kind="one").other_id == other.pk


def test_names_that_asked_for_no_page_are_left_alone(record):
    full, short, _, _ = record
    Author.objects.filter(pk=full.pk).update(is_listed=False)
    settle(clock=clock)
    assert not IdentityMove.objects.exists()
    short.refresh_from_db()
    assert short.merged_into_id is None


def test_an_author_nobody_asks_about_has_no_doubts(record):
    full, _, _, _ = record
    settle(clock=clock)
    assert possibly_theirs(author_id=full.pk) == ()
    assert not doubt_of(author_id=full.pk).may_be_several
