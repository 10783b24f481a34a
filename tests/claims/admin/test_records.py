"""Curators merge, split and undo, having seen what moves and how the numbers change; nobody else does."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.models import Notice
from accounts.services.curators import make_curator
from claims.domain.states import State
from claims.models import Claim
from claims.presenters.record_log import sentence_of
from claims.selectors.ownership import owner_of, owners_of
from metrics.selectors.merged_preview import cited_works, numbers_of_papers
from papers.models import Author, Authorship, Paper, RecordRevision
from papers.services.author_revisions import merge_authors
from papers.services.bylines import disown_byline
from tests.conftest import person
from tests.factories.record import make_author, make_paper
from tests.papers.services.record_dump import record_dump

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)
MERGE = "/admin/papers/recordrevision/merge/"


@pytest.fixture
def curating(client, dana):
    client.force_login(dana)
    return client


@pytest.fixture
def senior(db):
    person("sam@example.org", "Sam Whewell")
    return make_curator(email="sam@example.org", is_senior=True).user


@pytest.fixture
def records(db):
    """One Wei Zhang in two records with a co-author, and a third of the same name who wrote elsewhere."""
    one = make_author("Wei Zhang", ids={"openalex": "A1"}, name_slot="wei zhang")
    two = make_author("Wei Zhang", ids={"openalex": "A2"})
    third = make_author("Wei Zhang")
    ben = make_author("Ben Babbage")
    make_paper("Lattices", authors=[one, ben], cites=12)
    make_paper("More lattices", authors=[one], cites=2)
    make_paper("Lattices once more", authors=[two, ben], cites=3)
    make_paper("Elsewhere", authors=[third], cites=1)
    return one, two, third


def looked_at(answer) -> str:
    return answer.context["looked_at"]


def merge_data(records, answer, **more) -> dict[str, object]:
    one, two, _ = records
    return {
        "records": f"{one.public_id}, {two.public_id}",
        "merge_target": one.pk,
        "reason": "one person",
        "looked_at": looked_at(answer),
        "apply": "1",
        **more,
    }


def test_the_page_shows_what_moves_and_the_numbers_then_and_the_merge_makes_them_so(curating, records, dana):
    one, two, _ = records
    answer = curating.get(MERGE, {"records": f"{one.public_id} {two.public_id}"})
    preview = answer.context["preview"]
    assert [(s.now.works, s.now.citations, s.now.h) for s in preview.sides] == [(2, 14, 2), (1, 3, 1)]
    assert (preview.then.works, preview.then.citations, preview.then.h, preview.then.i10) == (3, 17, 2, 1)
    assert answer.context["merge_target"] == one.pk, "the record with most works is proposed"
    assert not RecordRevision.objects.exists()

    done = curating.post(MERGE, merge_data(records, answer), follow=True)
    act = RecordRevision.objects.get()
    assert (act.by, act.reason, act.author) == (dana, "one person", one)
    assert numbers_of_papers(cited_works([one.pk])) == preview.then
    assert "Undo this" in done.content.decode()


def test_one_click_undoes_a_merge(curating, records):
    before = record_dump()
    answer = curating.get(MERGE, {"records": f"{records[0].public_id} {records[1].public_id}"})
    curating.post(MERGE, merge_data(records, answer))
    act = RecordRevision.objects.get()
    done = curating.post(reverse("admin:papers_recordrevision_undo", args=[act.pk]), follow=True)
    assert "The change is undone" in done.content.decode()
    assert record_dump() == before
    again = curating.post(reverse("admin:papers_recordrevision_undo", args=[act.pk]), follow=True)
    assert "undone already" in again.content.decode()


def test_only_what_was_looked_at_is_done(curating, records):
    answer = curating.get(MERGE, {"records": f"{records[0].public_id} {records[1].public_id}"})
    data = merge_data(records, answer)
    Paper.objects.filter(authorships__author=records[1]).update(counted_citation_count=99)
    assert "The preview is out of date" in curating.post(MERGE, data).content.decode()
    assert (
        "The preview is out of date" in curating.post(MERGE, {**data, "merge_target": records[1].pk}).content.decode()
    )
    assert not RecordRevision.objects.exists()


def test_a_merge_that_is_refused_says_why(curating, records, ada):
    one, two, _ = records
    for author, value in ((one, "0000-0002-1825-0097"), (two, "0000-0001-5109-3700")):
        author.identifiers.create(scheme="orcid", value=value)
    answer = curating.get(MERGE, {"records": f"{one.public_id} {two.public_id}"})
    assert "different ORCID iDs" in answer.content.decode()
    before = record_dump()
    done = curating.post(MERGE, merge_data(records, answer, despite_orcids="on"))
    assert "Only a senior curator" in done.content.decode()
    assert record_dump() == before


def test_a_senior_curator_may_know_better_and_undoes_what_others_did(client, senior, dana, records):
    one, two, _ = records
    for author, value in ((one, "0000-0002-1825-0097"), (two, "0000-0001-5109-3700")):
        author.identifiers.create(scheme="orcid", value=value)
    before = record_dump()
    client.force_login(senior)
    answer = client.get(MERGE, {"records": f"{one.public_id} {two.public_id}"})
    client.post(MERGE, merge_data(records, answer, despite_orcids="on"))
    act = RecordRevision.objects.get()
    client.force_login(dana)
    assert client.post(reverse("admin:papers_recordrevision_undo", args=[act.pk])).status_code == 403
    act.refresh_from_db()
    assert act.undone_at is None
    client.force_login(senior)
    client.post(reverse("admin:papers_recordrevision_undo", args=[act.pk]))
    assert record_dump() == before


def test_a_split_shows_both_numbers_and_moves_the_chosen_works(curating, records):
    one, _two, third = records
    address = reverse("admin:papers_recordrevision_split", args=[one.pk])
    work = Authorship.objects.get(author=one, paper__title="More lattices").paper
    assert len(curating.get(address).context["works"]) == 2
    assert [w.title for w in curating.get(address, {"words": "babbage"}).context["works"]] == ["Lattices"]
    data = {"works": work.pk, "target": third.public_id, "reason": "another field"}
    narrowed = curating.post(address, {**data, "words": "babbage", "find": "1"})
    assert narrowed.context["kept"] == [str(work.pk)], "what was chosen stays chosen"
    answer = curating.post(address, {**data, "look": "1"})
    preview = answer.context["preview"]
    assert (preview.source_now.works, preview.source_then.works, preview.target_then.works) == (2, 1, 2)
    curating.post(address, {**data, "looked_at": looked_at(answer), "apply": "1"})
    assert Authorship.objects.get(paper=work).author == third
    assert RecordRevision.objects.get().kind == "split"


def test_the_worklist_has_namesakes_who_share_co_authors(curating, records):
    answer = curating.get(reverse("admin:papers_recordrevision_candidates"))
    pairs = [(p.one, p.other, p.shared, p.differ) for p in answer.context["page"].pairs]
    assert pairs == [(records[0], records[1], 1, False)]


def test_the_log_page_has_everything_that_happened_to_a_record(curating, records, dana, ada):
    one, two, _ = records
    act = merge_authors(merge_target_id=one.pk, merged_ids=[two.pk], by=dana, reason="one person", now=NOW)
    work = Authorship.objects.get(author=one, paper__title="More lattices").paper
    disown_byline(author_id=one.pk, paper_id=work.pk, by=ada, reason="my namesake", now=NOW)
    page = curating.get(reverse("admin:papers_recordrevision_log", args=[one.pk]))
    lines = [(sentence_of(line), line.who, line.why) for line in page.context["lines"]]
    assert sorted(lines, reverse=True) == [
        (
            "“Wei Zhang” on “More lattices” was taken off this record.",
            "ada@example.org",
            "my namesake",
        ),
        (f"Records were merged (no. {act.pk}).", "dana@example.org", "one person"),
    ]


@pytest.mark.parametrize("who", ["stranger", "cleo", "staff"])
def test_nobody_but_curators_sees_or_does_any_of_it(client, cleo, dana, records, who):
    one, two, _ = records
    act = merge_authors(merge_target_id=one.pk, merged_ids=[two.pk], by=dana, reason="", now=NOW)
    if who == "staff":
        cleo.is_staff = True
        cleo.save()
    if who != "stranger":
        client.force_login(cleo)
    before = record_dump()
    refused = 403 if who == "staff" else 302
    for name, args in (
        ("merge", []),
        ("candidates", []),
        ("one", []),
        ("several", []),
        ("split", [one.pk]),
        ("log", [one.pk]),
        ("undo", [act.pk]),
    ):
        address = reverse(f"admin:papers_recordrevision_{name}", args=args)
        if name != "undo":
            assert client.get(address).status_code == refused, name
        answer = client.post(address, {"records": f"{one.public_id},{records[2].public_id}", "apply": "1"})
        assert answer.status_code == refused, name
    assert record_dump() == before
    assert RecordRevision.objects.get().undone_at is None


def test_from_the_list_of_authors_to_the_page_that_merges(curating, records):
    answer = curating.post(
        reverse("admin:papers_author_changelist"),
        {"action": "merge_chosen", "_selected_action": [records[0].pk, records[1].pk]},
    )
    assert answer["Location"] == f"{MERGE}?records={records[0].public_id},{records[1].public_id}"
    page = curating.get(reverse("admin:papers_author_change", args=[records[0].pk])).content.decode()
    assert reverse("admin:papers_recordrevision_split", args=[records[0].pk]) in page


def test_garbage_asks_again_and_never_fails(curating, records):
    for text in ("", "nonsense", records[0].public_id, "W" * 2_001, "\x00", "9" * 30):
        assert curating.get(MERGE, {"records": text}).status_code == 200, text
    split = reverse("admin:papers_recordrevision_split", args=[records[0].pk])
    for data in ({}, {"works": "x"}, {"works": "1", "target": "nonsense"}, {"works": str(10**30)}):
        assert curating.post(split, data).status_code == 200, data
    for after in ("x-y", "1", "9" * 60, "1-" + "9" * 40):
        assert curating.get(reverse("admin:papers_recordrevision_candidates"), {"after": after}).status_code == 200
    assert curating.get(reverse("admin:papers_recordrevision_split", args=[10**9])).status_code == 404


@pytest.mark.parametrize("name", ["merge", "split", "log", "candidates"])
def test_a_page_asks_as_many_queries_for_many_works_as_for_few(curating, records, django_assert_max_num_queries, name):
    one, two, _ = records
    for n in range(30):
        make_paper(f"Number {n}", authors=[one, two], cites=n)
    address = {"merge": MERGE + f"?records={one.public_id},{two.public_id}"}.get(name) or reverse(
        f"admin:papers_recordrevision_{name}", args=[] if name == "candidates" else [one.pk]
    )
    with django_assert_max_num_queries(26):
        assert curating.get(address).status_code == 200
    assert Author.objects.filter(merged_into=None).count() == 4


def own(user, author) -> Claim:
    return Claim.objects.create(
        user=user,
        author=author,
        state=State.APPROVED.value,
        claimed_name=user.name,
        name_verdict="same",
        opened_at=NOW,
        submitted_at=NOW,
        approved_at=NOW,
    )


def test_records_of_two_owners_are_not_merged_and_their_owner_stays_theirs(curating, records, ada, ben):
    one, two, _ = records
    own(ada, one), own(ben, two)
    answer = curating.get(MERGE, {"records": f"{one.public_id} {two.public_id}"})
    before = record_dump()
    done = curating.post(MERGE, merge_data(records, answer))
    assert "different owners" in done.content.decode()
    assert record_dump() == before
    assert owners_of([one.pk, two.pk]) == {one.pk: ada.pk, two.pk: ben.pk}


def test_the_owner_of_a_merged_record_owns_the_one_that_stands_and_is_told(curating, records, ada):
    one, two, _ = records
    own(ada, two)
    answer = curating.get(MERGE, {"records": f"{one.public_id} {two.public_id}"})
    curating.post(MERGE, merge_data(records, answer))
    assert owner_of(one.pk) == ada
    assert Notice.objects.get(user=ada).url == one.get_absolute_url()
    curating.post(reverse("admin:papers_recordrevision_undo", args=[RecordRevision.objects.get().pk]))
    assert (owner_of(one.pk), owner_of(two.pk)) == (None, ada)


def test_every_change_of_a_claim_is_in_the_log(ada, records):
    claim = own(ada, records[0])
    Claim.objects.filter(pk=claim.pk).update(state=State.REVOKED.value, closed_at=NOW)
    log = Claim.log.rel.related_model.objects.order_by("pgh_id")
    assert list(log.values_list("pgh_label", "state")) == [("insert", "approved"), ("update", "revoked")]
