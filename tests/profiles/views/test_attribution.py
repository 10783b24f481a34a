"""Whose works are whose: an owner's typed name proves nothing, a curator decides, and who loses works gets them back."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Notice, OutgoingMail, User
from claims.models import Claim, ClaimEvent
from common import clock
from papers.models import Author, AuthorName, Authorship, BylineDecision, Correction, Paper, RecordKind
from papers.services.corrections import correct_record
from profiles.models import AttributionRequest
from profiles.selectors.known_names import known_names
from profiles.services.attribution import OwnRequest, attribute_work, decide_requests
from profiles.services.former_owners import settle_former_owners
from profiles.services.new_owners import welcome_new_owners
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner, revoke
from tests.profiles.conftest import logged_in

pytestmark = [pytest.mark.django_db]


def at(name: str, author: Author, *more) -> str:
    return reverse(f"profiles:{name}", args=[author.public_id, *more])


def rename(client: Client, page: Author, name: str) -> str:
    client.post(at("edit_names", page), {"name": name, "names": ""})
    page.refresh_from_db()
    return page.name


def ask(client: Client, page: Author, works: list[Paper]) -> None:
    for work in works:
        client.post(at("edit_attribute", page), {"work": work.public_id, "position": "1"})


def holders(works: list[Paper]) -> set[int]:
    return set(Authorship.objects.filter(paper__in=works).values_list("author_id", flat=True))


def decide(client: Client, action: str, *, answer: str = "") -> int:
    rows = list(AttributionRequest.objects.filter(state="waiting").order_by("pk"))
    url = reverse("admin:profiles_attributionrequest_change", args=[rows[0].pk])
    given = {"chosen": [row.pk for row in rows], "answer": answer, action: "1"}
    return client.post(url, given).status_code


@pytest.fixture
def curator(dana) -> Client:
    return logged_in(dana)


@pytest.fixture
def other() -> Author:
    """Nobody's record with eight works."""
    return make_author("Zelda Carter")


@pytest.fixture
def theirs(other) -> list[Paper]:
    return [make_paper(f"Theirs {number}", by=[other]) for number in range(8)]


# The attack: names that share a word with the one before, until they are another person's.


def test_nobody_walks_from_name_to_name_to_another_persons_works(as_ada, ada, page, other, theirs):
    assert rename(as_ada, page, "Ada Carter") == "Ada Carter"
    assert rename(as_ada, page, "Zelda Carter") == "Ada Carter"
    as_ada.post(at("edit_names", page), {"name": "Ada Carter", "names": "Ada Zelda\nZelda Byron"})
    ask(as_ada, page, theirs)
    assert holders(theirs) == {other.pk}
    assert "Ada Carter" not in known_names(user=ada, author_id=page.pk)
    waiting = AttributionRequest.objects.filter(state="waiting")
    assert {tuple(row.reasons) for row in waiting} == {("record", "name"), ("record", "many", "name")}
    assert not BylineDecision.objects.exists()


def test_a_typed_name_matches_no_byline_of_a_later_import(as_ada, page):
    before = (page.key, page.family_key, page.initials)
    rename(as_ada, page, "Ada Carter")
    assert (page.key, page.family_key, page.initials) == before
    assert Correction.objects.get().is_own_word


def test_a_former_name_typed_on_a_claim_that_no_curator_saw_proves_nothing(ada, dana):
    author = make_author("Ada Byron")
    claim = make_owner(ada, author, former_name="Zelda Carter")
    assert known_names(user=ada, author_id=author.pk) == ["Ada Byron"]
    ClaimEvent.objects.create(
        claim=claim, transition="approve", from_state="pending", to_state="approved", by=dana, at=clock.now()
    )
    assert known_names(user=ada, author_id=author.pk) == ["Ada Byron", "Zelda Carter"]


def test_what_sources_and_curators_say_vouches(ada, dana, page):
    AuthorName.objects.create(author=page, name="Ada King")
    values = {"name": "Ada Lovelace"}
    correct_record(kind=RecordKind.AUTHOR, object_id=page.pk, values=values, reason="", by=dana, now=clock.now())
    assert known_names(user=ada, author_id=page.pk) == ["Ada Lovelace", "Ada King"]


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_no_work_leaves_another_record_without_a_curator_however_few(as_ada, page, count):
    namesake = make_author("A. Byron")
    works = [make_paper(f"Of a namesake {number}", by=[namesake]) for number in range(count)]
    ask(as_ada, page, works)
    assert holders(works) == {namesake.pk}
    many = AttributionRequest.objects.filter(reasons__contains=["many"]).count()
    assert many == max(0, count - 2)


def test_a_record_with_another_owner_is_contested_and_waits(as_ada, page, cleo):
    claimed = make_author("Ada Byron")
    make_owner(cleo, claimed)
    works = [make_paper("Contested", by=[claimed])]
    ask(as_ada, page, works)
    assert AttributionRequest.objects.get().reasons == ["record", "owner"]
    assert holders(works) == {claimed.pk}


def test_asking_twice_is_one_request_and_the_database_says_so(as_ada, page, other, theirs):
    ask(as_ada, page, [theirs[0], theirs[0]])
    row = AttributionRequest.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.reasons = []
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_no_more_than_fifty_wait_at_once(as_ada, page, monkeypatch, theirs):
    monkeypatch.setattr("profiles.services.attribution.MOST_WAITING", 3)
    ask(as_ada, page, theirs)
    assert AttributionRequest.objects.count() == 3


# The curator, with both records side by side.


def test_a_curator_sees_both_records_side_by_side_and_moves_the_works_that_are_ticked(
    as_ada, page, works, other, theirs, curator
):
    ask(as_ada, page, theirs[:2])
    rows = list(AttributionRequest.objects.order_by("pk"))
    url = reverse("admin:profiles_attributionrequest_change", args=[rows[0].pk])
    html = curator.get(url).content.decode()
    for text in ("Ada Byron", "Zelda Carter", "Theirs 0", "Theirs 1", "Theirs 7", "Work 0"):
        assert text in html
    assert curator.post(url, {"chosen": [rows[0].pk], "approve": "1"}).status_code == 302
    assert [holders([work]) == {page.pk} for work in theirs[:2]] == [True, False]
    decision = BylineDecision.objects.get()
    assert (decision.from_author_id, decision.author_id) == (other.pk, page.pk)
    assert Notice.objects.get(kind="works.decided").user == rows[0].user
    assert "Theirs 0" in OutgoingMail.objects.get(kind="works.decided").text


def test_a_refusal_says_why_and_the_owner_reads_it(as_ada, page, theirs, curator):
    ask(as_ada, page, theirs[:1])
    assert decide(curator, "refuse") == 200
    assert AttributionRequest.objects.get().state == "waiting"
    decide(curator, "refuse", answer="The affiliations are of two people.")
    assert AttributionRequest.objects.get().state == "refused"
    html = as_ada.get(at("edit_corrections", page)).content.decode()
    assert "The affiliations are of two people." in html


def test_neither_a_stranger_nor_a_user_nor_the_curator_who_asked_decides(as_ada, ada, page, theirs, cleo):
    from accounts.services.curators import make_curator

    ask(as_ada, page, theirs[:1])
    url = reverse("admin:profiles_attributionrequest_change", args=[AttributionRequest.objects.get().pk])
    given = {"chosen": [AttributionRequest.objects.get().pk], "approve": "1"}
    for client in (Client(), as_ada, logged_in(cleo)):
        assert client.post(url, given).status_code in (302, 403, 404)
    make_curator(email=ada.email)
    with pytest.raises(OwnRequest):
        decide_requests(
            request_ids=[AttributionRequest.objects.get().pk],
            by=User.objects.get(pk=ada.pk),
            is_approved=True,
            now=clock.now(),
        )
    assert AttributionRequest.objects.get().state == "waiting"


def test_who_lost_the_page_meanwhile_gets_no_works(as_ada, ada, page, theirs, curator):
    ask(as_ada, page, theirs[:1])
    revoke(Claim.objects.get(user=ada))
    assert decide(curator, "approve") == 200
    assert not BylineDecision.objects.exists()
    ada_profile_settled = settle_former_owners(now=clock.now())
    assert ada_profile_settled == 1
    assert AttributionRequest.objects.get().state == "withdrawn"


def test_an_owner_withdraws_a_request_and_nobody_elses(as_ada, as_cleo, cleo, page, theirs):
    ask(as_ada, page, theirs[:1])
    request = AttributionRequest.objects.get()
    own = make_author("Cleo Somerville")
    make_owner(cleo, own)
    assert as_cleo.post(at("edit_withdraw_request", own, request.pk)).status_code == 404
    assert as_ada.post(at("edit_withdraw_request", page, request.pk)).status_code == 302
    assert as_ada.post(at("edit_withdraw_request", page, request.pk)).status_code == 404
    assert AttributionRequest.objects.get().state == "withdrawn"


# The record that lost works: its later owner is told, and takes them back in one click.


@pytest.fixture
def lost(ada, page, other, theirs, dana) -> BylineDecision:
    """A curator agreed once, while nobody owned the other record."""
    request = attribute_work(user=ada, author_id=page.pk, paper_id=theirs[0].pk, position=1, now=clock.now())
    decide_requests(request_ids=[request.pk], by=dana, is_approved=True, now=clock.now())
    return BylineDecision.objects.get()


def own_now(user: User, author: Author) -> Claim:
    claim = make_owner(user, author)
    Claim.objects.filter(pk=claim.pk).update(approved_at=clock.now())
    return claim


def test_a_later_owner_is_told_once_and_takes_the_work_back_in_one_click(lost, ada, page, other, theirs, cleo, as_cleo):
    own_now(cleo, other)
    assert welcome_new_owners(now=clock.now()) == 1
    welcome_new_owners(now=clock.now())
    notice = Notice.objects.get(user=cleo, kind="works.lost")
    assert "Theirs 0" in OutgoingMail.objects.get(to=cleo).text
    html = as_cleo.get(notice.url).content.decode()
    assert "Works that left this record" in html
    assert as_cleo.post(at("edit_take_back", other, lost.pk)).status_code == 302
    assert holders(theirs[:1]) == {other.pk}
    assert Notice.objects.filter(user=ada, kind="works.taken_back").exists()
    assert "Works that left this record" not in as_cleo.get(notice.url).content.decode()
    assert as_cleo.post(at("edit_take_back", other, lost.pk)).status_code == 404


def test_nobody_else_takes_it_back_and_no_owner_what_was_decided_against_them(lost, page, other, theirs, cleo, as_cleo):
    own = make_author("Cleo Somerville")
    make_owner(cleo, own)
    assert as_cleo.post(at("edit_take_back", own, lost.pk)).status_code == 404
    assert as_cleo.post(at("edit_take_back", other, lost.pk)).status_code == 404
    make_owner(cleo, other)  # theirs long before the decision
    assert as_cleo.post(at("edit_take_back", other, lost.pk)).status_code == 404
    assert holders(theirs[:1]) == {page.pk}


def test_the_present_owner_hears_when_a_curator_moves_a_work_of_theirs(as_ada, page, other, theirs, cleo, curator):
    make_owner(cleo, other)
    ask(as_ada, page, theirs[:1])
    decide(curator, "approve")
    assert Notice.objects.get(user=cleo).kind == "works.moved"
    assert mail.outbox == []  # mails are rows, sent by the worker


def test_an_approved_claim_has_its_owner_told(bell, cleo, other, dana, django_capture_on_commit_callbacks):
    from claims.services.approve import approve_claim

    claim = Claim.objects.create(
        user=cleo,
        author=other,
        state="pending",
        claimed_name=cleo.name,
        name_verdict="mismatch",
        opened_at=clock.now(),
        submitted_at=clock.now(),
        due_at=clock.now(),
    )
    with django_capture_on_commit_callbacks(execute=True):
        approve_claim(claim_id=claim.pk, by=dana, now=clock.now())
    assert ("profiles.welcome_new_owners", {}) in bell
