"""Another's id on every route: nobody reads, changes or learns of rows that are not theirs."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import Notice, User
from accounts.services.notices import notify
from claims.models import Claim
from common import clock
from following.models import Follow, Reader
from following.services.follows import follow
from following.services.settings import make_feed_key
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner
from tests.house.test_access import routes

pytestmark = pytest.mark.django_db
SECRETS = ("ada@example.org", "Privately followed", "A notice for Ada", "Adas explanation", "Ada Byron-King")
IGNORED = {Session, UserSession}


@pytest.fixture
def adas(ada, cleo, dana):
    """Rows of Ada of every kind that has an address."""
    page, followed = make_author("Ada Byron"), make_author("Privately followed")
    make_paper("Lattices", by=[page])
    claim = make_owner(ada, page, former_name="Ada Byron-King")
    Claim.objects.filter(pk=claim.pk).update(explanation="Adas explanation")
    follow(user=ada, kind="author", target_id=followed.pk, now=clock.now())
    notify(user=ada, kind="test", key="1", message="A notice for Ada", url="/", now=clock.now())
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "s"})
    key = Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Adas key", "credential": {}})
    token = make_feed_key(user=ada, now=clock.now())
    return {"page": page, "claim": claim, "key": key, "token": token, "follow": Follow.objects.get(user=ada)}


def rows() -> dict[str, list]:
    """All rows that belong to somebody, but for sessions, which reading makes."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model not in IGNORED and any(f.is_relation and f.related_model is User for f in model._meta.fields)
    }


def addresses(adas) -> list[str]:
    """Every route with Adas own ids put where ids stand."""
    own = {
        "public_id": adas["page"].public_id,
        "slug": "ada-byron",
        "pk": adas["key"].pk,
        "claim_id": adas["claim"].pk,
        "key": adas["claim"].key,
        "author_id": adas["page"].pk,
        "revision_id": 1,
        "decision_id": 1,
        "correction_id": 1,
        "token": "x",
        "name": "h_index",
        "format": "bib",
        "provider_id": "orcid",
        "number": 1,
        "user_id": 1,
        "size": 384,
    }
    found = []
    for name in sorted(set(routes(get_resolver()))):
        if name.startswith(("admin:", "api")):
            continue
        wanted = _parameters(name)
        if wanted and wanted <= set(own):
            found.append(reverse(name, kwargs={part: own[part] for part in wanted}))
    return found


def _parameters(name: str) -> set[str]:
    try:
        reverse(name)
    except NoReverseMatch as problem:
        return set(re.findall(r"\(\?P<(\w+)>", str(problem)))
    return set()


@pytest.mark.parametrize("who", ["cleo", "dana", "nobody"])
def test_anothers_ids_open_and_change_nothing(adas, who, request):
    browser = Client()
    if who != "nobody":
        browser.force_login(request.getfixturevalue(who))
    before = rows()
    tried = 0
    public = adas["page"].get_absolute_url()
    for path in addresses(adas):
        for response in (
            browser.get(path),
            browser.post(path, {"action": "pin", "work": "x", "sure": "on", "name": "Mine"}),
        ):
            tried += 1
            if response.status_code == 200 and not path.startswith(("/accounts/known", public)):
                text = b"".join(response.streaming_content) if response.streaming else response.content
                assert not [s for s in SECRETS if s in text.decode()], path
    assert tried > 60
    after = rows()
    for model in before:
        assert [row for row in before[model] if row not in after[model]] == [], model


@pytest.mark.parametrize(
    "path",
    [
        "/following/",
        "/feed/",
        "/notifications/",
        "/accounts/",
        "/accounts/email/",
        "/claims/",
        "/accounts/sessions/",
        "/accounts/2fa/",
        "/collaborations/",
        "/accounts/data/",
    ],
)
def test_ones_own_lists_hold_nothing_of_another(adas, cleo, path):
    browser = Client()
    browser.force_login(cleo)
    text = browser.get(path, follow=True).content.decode()
    assert not [secret for secret in SECRETS if secret in text]
    assert "Adas key" not in text


def test_anothers_follow_notice_and_session_are_not_touched_by_number(adas, ada, cleo):
    entered = Client()
    entered.force_login(ada)
    browser = Client()
    browser.force_login(cleo)
    browser.post(
        "/following/",
        {"follow": adas["follow"].pk, "id": adas["follow"].pk, "action": "remove", "number": adas["follow"].pk},
    )
    browser.post("/notifications/", {"notice": Notice.objects.get().pk})
    browser.post(
        "/accounts/sessions/", {"pk": UserSession.objects.filter(user=ada).values_list("pk", flat=True).first() or 1}
    )
    browser.post(f"/accounts/2fa/webauthn/keys/{adas['key'].pk}/remove/")
    assert Follow.objects.filter(user=ada).count() == 1
    assert Notice.objects.get().seen_at is None
    assert entered.get("/accounts/").status_code == 200
    assert Authenticator.objects.filter(user=ada).count() == 2


def test_a_private_feed_opens_by_no_guess(adas, cleo):
    token = adas["token"]
    assert b"<feed" in Client().get(f"/feeds/private/{token}.atom").content
    for guess in (
        token[:-1],
        token + "a",
        token.swapcase(),
        "a" * len(token),
        Reader.objects.get(user__email="ada@example.org").pk,
    ):
        response = Client().get(f"/feeds/private/{guess}.atom")
        assert response.status_code == 404, guess


def test_what_is_followed_is_on_no_page_and_in_no_answer(adas, cleo):
    """Who follows whom is told to the follower alone: the pages and the API of both say nothing of it."""
    browser = Client()
    browser.force_login(cleo)
    page = adas["page"]
    for path in (page.get_absolute_url(), f"/api/authors/{page.public_id}", f"/feeds/{page.public_id}.atom"):
        assert "Privately followed" not in browser.get(path).content.decode()


def test_no_answer_of_the_api_has_a_field_of_an_account(adas):
    banned = re.compile(r'"(email|user|user_id|password|owner|claim|claims|followers|former_name|session|token)":')
    for path in (
        "/api/authors",
        "/api/works",
        f"/api/authors/{adas['page'].public_id}",
        "/api/institutions",
        "/api/topics",
    ):
        text = Client().get(path).content.decode()
        assert not banned.search(text), (path, banned.search(text))
        assert not [secret for secret in SECRETS[:1] + SECRETS[2:] if secret in text], path


def test_the_export_is_ones_own_whatever_is_asked_for(adas, ada, cleo):
    from tests.conftest import prove

    browser = Client()
    browser.force_login(cleo)
    prove(browser)
    for query in ("", f"?user={ada.pk}", f"?id={ada.pk}&email=ada@example.org"):
        sent = {"user": ada.pk, "user_id": ada.pk, "email": "ada@example.org"}
        answer = browser.post(f"/accounts/data/export.json{query}", sent)
        text = b"".join(answer.streaming_content).decode()
        assert "cleo@example.org" in text
        assert not [secret for secret in SECRETS if secret in text]
