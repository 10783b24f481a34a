"""The curators' queue: order, sides, decisions that are confirmed first, and who may take them."""

from urllib.parse import urljoin

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from claims.models import Claim, ClaimEvent
from claims.selectors.ownership import owner_of
from claims.services.open_claim import open_claim
from claims.services.submit import submit_claim
from tests.accounts.conftest import log_in
from tests.claims.conftest import NOW, WORDS
from tests.conftest import prove as authenticate
from tests.factories.record import make_author

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/claim/"


def enter(user) -> Client:
    browser = Client()
    log_in(browser, user)
    return browser


@pytest.fixture
def curating(dana) -> Client:
    return enter_with_password(dana)


@pytest.fixture
def senior_in(senior) -> Client:
    return enter_with_password(senior)


def enter_with_password(user) -> Client:
    from tests.claims.conftest import prove

    user.set_password("correct horse battery staple")
    user.save()
    return enter(prove(user))


@pytest.fixture
def theirs(author, namesake) -> Claim:
    claim = open_claim(user=namesake, author_id=author.pk, now=NOW)
    return submit_claim(claim_id=claim.pk, by=namesake, explanation=WORDS, now=NOW)


def test_the_queue_has_what_waits_the_strongest_first_and_no_drafts(curating, pending, theirs, proved_cleo):
    Claim.objects.filter(pk=theirs.pk).update(weight=80)
    other = make_author("Cleo Somerville")
    open_claim(user=proved_cleo, author_id=other.pk, now=NOW)
    rows = curating.get(LIST).context["cl"].result_list
    assert [row.pk for row in rows] == [theirs.pk, pending.pk]
    draft = Claim.objects.get(user=proved_cleo)
    assert curating.get(f"{LIST}{draft.pk}/change/").status_code in {302, 404}


def test_a_claims_page_has_evidence_record_and_account_side_by_side(curating, pending, theirs):
    page = curating.get(f"{LIST}{pending.pk}/change/").content.decode()
    for part in (
        "Pendulum number",
        "University of Oxford",
        "ada@example.org",
        WORDS,
        "Also claimed by",
        "byron@example.net",
    ):
        assert part in page, part
    assert 'href="../approve/"' in page
    assert curating.get(urljoin(f"{LIST}{pending.pk}/change/", "../approve/")).status_code == 200
    assert "Revoke" not in page


def test_an_approval_is_asked_for_once_more_and_then_stands(curating, pending, author, proved_ada):
    where = f"{LIST}{pending.pk}/approve/"
    assert "owns the page at once" in curating.get(where).content.decode()
    assert owner_of(author.pk) is None
    curating.post(where, {"note": "looks right"})
    assert owner_of(author.pk) == proved_ada
    assert ClaimEvent.objects.get(transition="approve").note == "looks right"
    assert LogEntry.objects.exists()
    assert curating.post(where).status_code == 302
    assert ClaimEvent.objects.filter(transition="approve").count() == 1


def test_rejection_and_questions_need_words(curating, pending):
    assert "This field is required" in curating.post(f"{LIST}{pending.pk}/reject/", {}).content.decode()
    curating.post(f"{LIST}{pending.pk}/ask/", {"question": "Which Oxford?"})
    pending.refresh_from_db()
    assert (pending.state, pending.question) == ("pending", "Which Oxford?")
    curating.post(f"{LIST}{pending.pk}/reject/", {"reason": "No answer."})
    pending.refresh_from_db()
    assert pending.state == "rejected"


def test_revocation_and_disputes_are_for_senior_curators(curating, senior_in, approved, theirs, author, namesake):
    for name in ("revoke", "dispute"):
        assert curating.get(f"{LIST}{approved.pk}/{name}/").status_code == 403
    assert "It was Ada" not in senior_in.get(f"{LIST}{approved.pk}/dispute/").content.decode()
    senior_in.post(f"{LIST}{approved.pk}/dispute/", {"winner": theirs.pk, "reason": "The papers."})
    assert owner_of(author.pk) == namesake
    authenticate(senior_in)
    senior_in.post(f"{LIST}{theirs.pk}/revoke/", {"reason": "Neither."})
    assert owner_of(author.pk) is None


def test_several_are_decided_at_once_after_a_look(curating, pending, theirs, author):
    other = make_author("Ada B. Byron")
    second = open_claim(user=pending.user, author_id=other.pk, now=NOW)
    submit_claim(claim_id=second.pk, by=pending.user, explanation=WORDS, now=NOW)
    ids = ",".join(str(pk) for pk in (pending.pk, theirs.pk, second.pk))
    act = reverse("admin:claims_claim_action_approve")
    look = curating.post(act, {"ids": ids, "look": "1"})
    assert look.context["touched_count"] == 2
    assert owner_of(author.pk) is None
    curating.post(act, {"ids": ids, "apply": "1", "looked_at": look.context["digest"]})
    assert Claim.objects.filter(state="approved").count() == 2
    assert Claim.objects.filter(state="superseded").count() == 1


def test_people_who_are_no_curators_find_nothing_here(pending, proved_cleo, author):
    browser = enter(proved_cleo)
    for path in ("", f"{pending.pk}/change/", f"{pending.pk}/approve/", "actions/approve/"):
        for answer in (browser.get(f"{LIST}{path}"), browser.post(f"{LIST}{path}", {"note": ""})):
            assert answer.status_code in {302, 403}
            assert "/login/" in answer.get("Location", "/login/")
    assert owner_of(author.pk) is None


def test_a_curator_without_the_right_decides_nothing(pending, author, cleo):
    from django.contrib.auth.models import Permission

    from tests.claims.conftest import prove

    cleo.is_staff = True
    cleo.save()
    cleo.user_permissions.add(Permission.objects.get(codename="view_claim"))
    browser = enter(prove(cleo))
    assert browser.get(f"{LIST}{pending.pk}/change/").status_code == 200
    assert browser.post(f"{LIST}{pending.pk}/approve/", {"note": ""}).status_code == 403
    assert owner_of(author.pk) is None
