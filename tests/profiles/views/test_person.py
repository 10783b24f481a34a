"""All that is held on somebody goes with them as a file, or goes for good."""

import json
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from accounts.services.notices import notify
from accounts.services.outgoing_mail import write_mail
from claims.models import Claim
from common import clock
from following.services.follows import follow
from papers.models import BylineDecision
from profiles.models import OptOut, Profile
from profiles.services.user_data import erase_account
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner

pytestmark = [pytest.mark.django_db]

EXPORT, DELETE = "/accounts/data/export.json", "/accounts/data/delete/"
MARKS = (
    "ada@example.org",
    "ada.private@example.org",
    "0000-0002-1825-0097",
    "Adas own words",
    "Ada Byron-King",
)


def proved(user: User) -> Client:
    """Logged in a moment ago."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture
def life(ada, settings):
    """Ada with something in every corner."""
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    EmailAddress.objects.create(user=ada, email="ada.private@example.org", verified=True)
    SocialAccount.objects.create(user=ada, provider="orcid", uid="0000-0002-1825-0097", extra_data={"sub": "x"})
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "s"})
    author = make_author("Ada Byron")
    author.names.create(name="Ada King")
    make_owner(ada, author, former_name="Ada Byron-King")
    works = [make_paper(f"Work {n}", by=[author]) for n in range(2)]
    client = proved(ada)
    url = {
        name: reverse(f"profiles:{name}", args=[author.public_id])
        for name in ("edit_about", "edit_photo", "edit_names", "edit_preference", "edit_pin", "edit_disown")
    }
    picture = BytesIO()
    Image.new("RGB", (200, 200)).save(picture, "PNG")
    client.post(url["edit_about"], {"bio": "Adas own words", "url_0": "https://ada.example/"})
    client.post(url["edit_photo"], {"photo": SimpleUploadedFile("me.png", picture.getvalue())})
    client.post(url["edit_names"], {"name": "Ada King", "is_private": "on"})
    client.post(url["edit_preference"], {"is_open": "on"})
    client.post(url["edit_pin"], {"work": works[1].public_id, "action": "pin"})
    client.post(url["edit_disown"], {"work": works[0].public_id})
    code = {"code": "x"}
    write_mail(to=ada, kind="test", key="1", template="profiles/email/listing_code", context=code, now=clock.now())
    UserSession.objects.create(
        user=ada, session_key=client.session.session_key, ip="192.0.2.1", user_agent="Adas browser", data={}
    )
    follow(user=ada, kind="author", target_id=make_author("Ben Babbage").pk, now=clock.now())
    notify(user=ada, kind="test", key="1", message="Hello", url="/", now=clock.now())
    LogEntry.objects.create(
        user=ada,
        content_type=ContentType.objects.get_for_model(User),
        object_id="1",
        object_repr="x",
        action_flag=CHANGE,
        change_message="x",
    )
    return client, author, works


def read(response) -> dict:
    return json.loads(b"".join(response.streaming_content))


def test_the_export_holds_everything_and_nothing_of_anybody_else(life, ada, cleo):
    client, _author, works = life
    make_owner(cleo, make_author("Cleo Somerville"))
    found = read(client.post(EXPORT))
    text = json.dumps(found, ensure_ascii=False)
    for mark in MARKS:
        assert mark in text, mark
    assert "cleo@example.org" not in text
    assert "Cleo" not in text
    assert found["profiles.profiles"][0]["pinned_works"] == [works[1].public_id]
    assert found["papers.byline_decisions"][0]["is_theirs"] is False
    for part in (
        "accounts.account",
        "accounts.sessions",
        "accounts.outgoing_mail",
        "accounts.notices",
        "collaborations.openness",
    ):
        assert found[part], part
    assert found["is_cut"] is False
    for secret in (ada.password, '"secret": "s"', Session.objects.first().session_key):
        assert secret not in text


def test_export_and_deletion_ask_who_is_there(ada, life):
    client = Client()
    client.force_login(ada)
    for url in (EXPORT, DELETE):
        response = client.post(url, {"sure": "on"})
        assert (response.status_code, "reauthenticate" in response["Location"]) == (302, True)
    assert client.get(EXPORT).status_code == 405
    assert User.objects.filter(pk=ada.pk).exists()


def test_strangers_export_and_delete_nothing(life, ada):
    for url in (EXPORT, DELETE, "/accounts/data/"):
        assert Client().post(url, {"sure": "on"}).status_code in {302, 405}
    assert User.objects.filter(pk=ada.pk).exists()


def test_the_export_is_bounded(life, monkeypatch):
    from profiles.selectors import user_data

    monkeypatch.setattr(user_data, "MOST_CHARACTERS", 200)
    assert read(life[0].post(EXPORT))["is_cut"] is True


def test_deletion_wants_a_yes(life, ada):
    assert life[0].post(DELETE, {}).status_code == 200
    assert User.objects.filter(pk=ada.pk).exists()


def traces(user_id: int, author_id: int) -> list[str]:
    """Every column of every table that still refers to the person or holds one of their texts."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
               JOIN information_schema.tables t USING (table_schema, table_name)
               WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2"""
        )
        columns = cursor.fetchall()
        referring = {
            (model._meta.db_table, field.column)
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is User
        }
        for table, column, kind in columns:
            if (table, column) in referring:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [user_id])
            elif kind in {"text", "character varying", "jsonb", "ARRAY", "json"}:
                texts = " OR ".join([f'"{column}"::text ILIKE %s'] * len(MARKS))
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {texts}', [f"%{mark}%" for mark in MARKS])
            else:
                continue
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def test_deletion_leaves_no_trace_in_any_table_nor_on_the_disk(life, ada, settings, django_capture_on_commit_callbacks):
    client, author, _works = life
    assert len(traces(ada.pk, author.pk)) > 8
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(DELETE, {"sure": "on"})
    assert response.status_code == 302
    assert traces(ada.pk, author.pk) == []
    assert [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()] == []
    # What is left is a stranger's session, with the message that it is done.
    assert all("_auth_user_id" not in session.get_decoded() for session in Session.objects.all())
    assert mail.outbox[-1].to == ["ada@example.org"]
    author.refresh_from_db()
    assert (author.name, author.has_private_names, author.is_listed) == ("Ada Byron", False, True)
    html = Client().get(author.get_absolute_url()).content.decode()
    assert "Unclaimed author" in html
    assert "Adas own words" not in html
    assert BylineDecision.objects.get().by is None
    assert client.get("/accounts/").status_code == 302


def test_forgetting_one_person_leaves_the_others_whole(life, ada, cleo):
    make_owner(cleo, make_author("Cleo Somerville"))
    Profile.objects.create(user=cleo, author=Claim.objects.get(user=cleo).author, bio="Hers", changed_at=clock.now())
    erase_account(user=ada, now=clock.now())
    assert Profile.objects.get().bio == "Hers"
    assert Claim.objects.get().user == cleo


def test_a_wish_not_to_be_listed_outlives_the_account(life, ada):
    client, author, _ = life
    client.post(reverse("profiles:edit_listing", args=[author.public_id]), {"unlist": "1"})
    erase_account(user=ada, now=clock.now())
    author.refresh_from_db()
    assert not author.is_listed
    assert OptOut.objects.get().user is None


def test_the_last_superuser_cannot_vanish_by_accident(ada):
    User.objects.filter(pk=ada.pk).update(is_superuser=True, is_staff=True)
    response = proved(User.objects.get(pk=ada.pk)).post(DELETE, {"sure": "on"})
    assert response.status_code == 200
    assert User.objects.filter(pk=ada.pk).exists()
