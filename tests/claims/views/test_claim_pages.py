"""The pages of claims: one's own from end to end, and nothing of them for anybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from claims.models import Claim, ClaimEvent, Evidence, VouchRequest
from claims.selectors.ownership import owner_of
from claims.services.decisions import revoke_claim
from claims.services.open_claim import open_claim
from claims.services.submit import submit_claim
from metrics.models import AuthorMetrics
from metrics.services.refresh.changes import refresh_authors
from tests.accounts.conftest import log_in
from tests.claims.conftest import NOW, WORDS, connect, make_works
from tests.factories.record import make_author

pytestmark = pytest.mark.django_db

PAGES = ("claim", "mail", "mail_code", "link_back", "vouchers", "withdraw")
ACTS = ("orcid", "orcid_works", "submit", "answer", "confirm")


@pytest.fixture
def ada_in(client, proved_ada) -> Client:
    log_in(client, proved_ada)
    return client


@pytest.fixture
def cleo_in(proved_cleo) -> Client:
    browser = Client()
    log_in(browser, proved_cleo)
    return browser


def url(name: str, claim: Claim) -> str:
    return reverse(f"claims:{name}", args=[claim.key])


def test_a_claim_by_orcid_from_the_author_page_to_owning_it(ada_in, author, proved_ada):
    page = ada_in.get(author.get_absolute_url()).content.decode()
    start = reverse("claims:start", args=[author.public_id])
    assert start in page
    assert "Unclaimed author" in page
    assert "Claim this page" in ada_in.get(start).content.decode()
    claim_url = ada_in.post(start)["Location"]
    connect(proved_ada)
    assert "It is the iD on the record" in ada_in.get(claim_url).content.decode()
    told = ada_in.post(f"{claim_url}orcid/", follow=True).content.decode()
    assert "The page is yours" in told
    page = ada_in.get(author.get_absolute_url()).content.decode()
    assert "This is you" in page
    assert "Unclaimed author" not in page


def test_the_author_page_offers_each_visitor_their_own_step(client, ada_in, cleo_in, author, pending, senior, dana):
    from claims.services.approve import approve_claim

    where = author.get_absolute_url()
    assert "Log in to claim" in Client().get(where).content.decode()
    assert "under review" in ada_in.get(where).content.decode()
    assert "Is this you? Claim it" in cleo_in.get(where).content.decode()
    approve_claim(claim_id=pending.pk, by=dana, now=NOW)
    assert "This is you" in ada_in.get(where).content.decode()
    stranger = cleo_in.get(where).content.decode()
    assert "This is my page" in stranger
    assert "Claimed" in stranger
    revoke_claim(claim_id=pending.pk, by=senior, reason="It was not Ada.", now=NOW)
    assert "Is this you? Claim it" in cleo_in.get(where).content.decode()
    assert "Unclaimed author" in Client().get(where).content.decode()


def test_trust_and_level_follow_a_decision_on_the_very_next_request(client, author, draft, proved_ada, senior):
    from claims.evidence.orcid_on_record import add_orcid

    refresh_authors(author_ids=[author.pk], now=NOW)

    def level() -> tuple[int, int]:
        trust = client.get(author.get_absolute_url()).context["page"].trust
        row = AuthorMetrics.objects.get(author=author)
        assert row.trust == trust.score
        return trust.level, row.verification_level

    assert level() == (1, 1)
    connect(proved_ada)
    add_orcid(claim_id=draft.pk, now=NOW)
    assert level() == (3, 3)
    # The stored row may be behind, and the page is right all the same.
    refresh_authors(author_ids=[author.pk], now=NOW)
    assert level() == (3, 3)
    Claim.objects.filter(pk=draft.pk).update(state="revoked", closed_at=NOW)
    assert client.get(author.get_absolute_url()).context["page"].trust.level == 1


@pytest.mark.parametrize("name", PAGES)
def test_to_a_stranger_there_is_no_claim_here(cleo_in, pending, name):
    before = list(Claim.objects.values())
    assert cleo_in.get(url(name, pending)).status_code == 404
    assert cleo_in.post(url(name, pending), {"words": "x", "code": "1", "address": "a@b.org"}).status_code == 404
    assert Client().get(url(name, pending)).status_code == 302
    assert list(Claim.objects.values()) == before


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_or_a_forged_form_does_nothing(cleo_in, pending, proved_ada, name):
    events = ClaimEvent.objects.count()
    assert cleo_in.post(url(name, pending), {"words": "x"}).status_code == 404
    assert Client().post(url(name, pending)).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(proved_ada)
    assert strict.post(url(name, pending)).status_code == 403
    assert cleo_in.get(url(name, pending)).status_code == 405
    assert ClaimEvent.objects.count() == events


def test_acts_ask_anew_who_is_there_and_change_nothing_until_then(client, author, pending, proved_ada):
    with time_machine.travel(NOW - timedelta(hours=1)):
        log_in(client, proved_ada)
    with time_machine.travel(NOW):
        for name in (*ACTS, "withdraw", "mail"):
            answer = client.post(url(name, pending), {"words": "x"})
            assert "/reauthenticate/" in answer["Location"], name
        assert "/reauthenticate/" in client.post(reverse("claims:start", args=[author.public_id]))["Location"]
    pending.refresh_from_db()
    assert pending.state == "pending"


def test_nothing_private_of_a_claim_is_on_any_public_page_or_answer(client, cleo_in, author, proved_cleo, namesake):
    claim = open_claim(user=proved_cleo, author_id=author.pk, former_name="Ada Formerly", explanation=WORDS, now=NOW)
    Evidence.objects.create(
        claim=claim,
        kind="institution_mail",
        subject="secret@ox.ac.uk",
        against="ox.ac.uk",
        is_passed=True,
        weight=50,
        checked_at=NOW,
    )
    submit_claim(claim_id=claim.pk, by=proved_cleo, now=NOW)
    other = Client()
    log_in(other, namesake)
    where = author.get_absolute_url()
    for browser in (Client(), other):
        for path in (
            where,
            f"{where}numbers/trust/",
            f"/api/authors/{author.public_id}",
            "/search/?q=ada",
            f"{where}works.json",
            "/claims/",
        ):
            answer = browser.get(path)
            body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
            for secret in ("Formerly", "secret@", "cleo@", WORDS, str(claim.key), "under review"):
                assert secret not in body.decode(), (path, secret)


def test_several_records_are_claimed_at_once_and_suggestions_only_rank(ada_in, author, proved_ada):
    second, other = make_author("A. Byron"), make_author("Zoe Zeta")
    page = ada_in.get("/claims/").content.decode()
    assert page.index(author.public_id) < page.index(second.public_id)
    assert other.public_id not in page
    ada_in.post("/claims/", {"record": [author.public_id, second.public_id, "Anonsense"]})
    assert set(Claim.objects.values_list("author_id", "state")) == {
        (author.pk, "draft"),
        (second.pk, "draft"),
    }
    assert owner_of(author.pk) is None


def test_a_mail_code_is_typed_on_a_page(ada_in, draft, mailoutbox):
    refused = ada_in.post(url("mail", draft), {"address": "ada@gmail.com"}).content.decode()
    assert "Anyone can get an address there" in refused
    assert ada_in.post(url("mail", draft), {"address": "ada@ox.ac.uk"})["Location"] == url("mail_code", draft)
    assert "not the code" in ada_in.post(url("mail_code", draft), {"code": "no"}).content.decode()
    code = next(line for line in mailoutbox[-1].body.splitlines() if line.isdigit())
    assert "counts as evidence" in ada_in.post(url("mail_code", draft), {"code": code}, follow=True).content.decode()
    assert "ada@ox.ac.uk" in ada_in.get(url("claim", draft)).content.decode()


def test_a_claim_is_sent_asked_about_withdrawn_and_given_up(ada_in, draft, approved, senior):
    assert approved.state == "approved"
    page = ada_in.get(url("claim", approved)).content.decode()
    assert "Give this page up" in page
    ada_in.post(url("confirm", approved))
    ada_in.post(url("withdraw", approved))
    approved.refresh_from_db()
    assert approved.state == "revoked"
    assert ada_in.get(url("withdraw", approved)).status_code == 404


def test_co_authors_vouch_on_a_page_of_their_own(ada_in, draft, author, ben, dana, cleo_in):
    from tests.claims.conftest import prove

    record = make_author("Ben Babbage")
    make_works([author, record], 2)
    Claim.objects.create(
        user=prove(ben),
        author=record,
        state="approved",
        claimed_name=ben.name,
        name_verdict="same",
        opened_at=NOW,
        submitted_at=NOW,
        approved_at=NOW,
        strong_kinds=["orcid"],
    )
    assert "Ben Babbage" in ada_in.get(url("vouchers", draft)).content.decode()
    ada_in.post(url("vouchers", draft), {"author": record.public_id})
    asked = VouchRequest.objects.get()
    where = reverse("claims:vouch", args=[asked.key])
    assert cleo_in.get(where).status_code == 404
    assert cleo_in.post(where, {"answer": "yes"}).status_code == 404
    assert not Evidence.objects.exists()
    browser = Client()
    log_in(browser, ben)
    assert "Ada Byron" in browser.get(where).content.decode()
    browser.post(where, {"answer": "yes"})
    assert Evidence.objects.get().voucher == ben
    draft.refresh_from_db()
    assert (draft.weight, draft.state) == (20, "draft")


def test_the_page_of_a_claim_costs_the_same_queries_for_much_evidence(ada_in, draft, django_assert_max_num_queries):
    ada_in.get(url("claim", draft))
    for n in range(30):
        Evidence.objects.create(
            claim=draft, kind="vouch", subject=f"Co-author {n}", is_passed=True, weight=20, checked_at=NOW
        )
    with django_assert_max_num_queries(20):
        ada_in.get(url("claim", draft))
    with django_assert_max_num_queries(20):
        ada_in.get("/claims/")


def test_posting_is_limited(ada_in, draft, rate_limited, monkeypatch):
    from claims.views import guards

    monkeypatch.setattr(guards, "POSTS", replace(guards.POSTS, per_account="3/15 minutes"))
    statuses = [ada_in.post(url("answer", draft), {"words": ""}).status_code for _ in range(5)]
    assert statuses == [302, 302, 302, 429, 429]


@pytest.fixture
def rate_limited(settings, monkeypatch):
    from django.conf import settings as configured

    from common import rate_limits
    from tests.accounts.conftest import forget_counts

    settings.RATE_LIMITED = True
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)
    forget_counts(configured.REDIS_URL)
    yield
    forget_counts(configured.REDIS_URL)


def test_works_are_ticked_found_by_words_and_kept_while_others_are_looked_for(ada_in, author):
    make_works([author, make_author("Cleo Nightingale")], 2)
    start = reverse("claims:start_with_works", args=[author.public_id])
    assert start in ada_in.get(reverse("claims:start", args=[author.public_id])).content.decode()
    first = author.authorships.order_by("paper").first().paper
    html = ada_in.post(start, {"works": [first.pk], "words": "nightingale", "find": "1"}).content.decode()
    assert "2 of 5 works" in html
    assert "1 chosen work is not among these" in html
    assert "Choose works of this record" in ada_in.post(start).content.decode()
    claim_url = ada_in.post(start, {"works": [first.pk, "x", "9" * 30]})["Location"]
    told = ada_in.get(claim_url).content.decode()
    assert "You claim 1 work" in told
    assert first.title in told
