"""Curators: how one is made, and how little one may."""

import io
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.domain.rights import CURATOR, GROUP_RIGHTS, SENIOR_CURATOR
from accounts.models import User
from accounts.services.curators import InvalidCurator, make_curator

pytestmark = pytest.mark.django_db

GOOD = "correct horse battery staple"


def rights_of(user: User) -> set[str]:
    return user.get_all_permissions()


def test_the_groups_are_there_after_the_migrations():
    for name, rights in GROUP_RIGHTS.items():
        held = Group.objects.get(name=name).permissions
        assert held.count() == sum(len(acts) for acts in rights.values())


def test_every_right_is_one_that_a_model_has():
    known = set(Permission.objects.values_list("content_type__app_label", "codename"))
    wanted = {
        (app, f"{act}_{model}")
        for rights in GROUP_RIGHTS.values()
        for (app, model), acts in rights.items()
        for act in acts
    }
    assert wanted <= known


def test_a_curator_is_staff_with_the_rights_of_the_group_alone():
    made = make_curator(email=" Dana@Example.ORG ", password=GOOD)
    user = User.objects.get()
    assert (made.is_new, user.email, user.is_staff, user.is_superuser) == (
        True,
        "dana@example.org",
        True,
        False,
    )
    assert user.check_password(GOOD)
    may = rights_of(user)
    assert {"papers.change_paper", "papers.delete_correction", "harvest.view_importrun"} <= may
    assert not any(app in right for right in may for app in ("accounts.", "auth.", "sessions.", "admin."))
    assert not any("delete_" in right for right in may - {"papers.delete_correction"})


def test_a_user_is_let_in_and_keeps_password_and_name(cleo):
    before = cleo.password
    assert not make_curator(email="cleo@example.org", is_senior=True).is_new
    cleo.refresh_from_db()
    assert (cleo.password, cleo.name, cleo.is_staff) == (before, "Cleo Somerville", True)
    assert [group.name for group in cleo.groups.all()] == [SENIOR_CURATOR]


@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody", GOOD), ("", GOOD), ("x@example.org", "short"), ("x@example.org", "1234567890")],
)
def test_what_cannot_be_taken_makes_no_user(email, password):
    with pytest.raises(InvalidCurator):
        make_curator(email=email, password=password)
    assert not User.objects.exists()


def test_the_command_reads_a_password_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(GOOD + "\n"))
    out = io.StringIO()
    call_command("createcurator", "dana@example.org", "--password-stdin", stdout=out)
    assert "is now a curator (new account)" in out.getvalue()
    assert User.objects.get().check_password(GOOD)


def test_the_command_prints_a_link_that_sets_a_password_once(monkeypatch, client):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    out = io.StringIO()
    call_command("createcurator", "dana@example.org", stdout=out)
    (line,) = [line for line in out.getvalue().splitlines() if line.startswith("Set a password once at ")]
    address = urlsplit(line.split()[-1]).path
    page = client.get(address, follow=True)
    assert "have permission" not in page.content.decode()
    form = {"new_password1": GOOD, "new_password2": GOOD}
    done = client.post(page.request["PATH_INFO"], form, follow=True)
    assert done.redirect_chain[-1][0] == reverse("account_login")
    assert "Your password is set. Log in with it." in done.content.decode()
    assert User.objects.get().check_password(GOOD)
    assert b"new_password1" not in client.get(address, follow=True).content


def test_the_command_refuses_with_status_2(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError) as refused:
        call_command("createcurator", "dana@example.org", "--password-stdin")
    assert refused.value.returncode == 2
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "page",
    ["admin:accounts_user_changelist", "admin:auth_group_changelist", "admin:admin_logentry_changelist"],
)
def test_a_curator_sees_no_users_groups_or_log_and_a_senior_one_does(client, dana, page):
    client.force_login(dana)
    assert client.get(reverse(page)).status_code == 403
    make_curator(email=dana.email, is_senior=True)
    assert client.get(reverse(page)).status_code == 200


@pytest.mark.parametrize("is_senior", [False, True])
def test_no_curator_touches_a_user(client, dana, cleo, is_senior):
    if is_senior:
        make_curator(email=dana.email, is_senior=True)
    client.force_login(dana)
    before = User.objects.values().get(pk=cleo.pk)
    address = reverse("admin:accounts_user_change", args=[cleo.pk])
    sent = {"is_staff": "on", "is_active": "on", "groups": [Group.objects.get(name=CURATOR).pk]}
    assert client.post(address, sent).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[cleo.pk]), {"post": "yes"}).status_code == 403
    assert client.post("/admin/accounts/user/add/", {"email": "new@example.org"}).status_code in (403, 404)
    assert User.objects.values().get(pk=cleo.pk) == before
    assert not cleo.groups.exists()


def test_no_page_of_users_shows_a_password_hash(client, dana, cleo):
    User.objects.filter(pk=dana.pk).update(is_superuser=True)
    client.force_login(User.objects.get(pk=dana.pk))
    for address in (
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_user_change", args=[cleo.pk]),
    ):
        page = client.get(address).content.decode()
        assert cleo.password not in page
        assert cleo.password.split("$")[0] + "$" not in page
        assert 'type="password"' not in page


def test_the_front_page_puts_what_curators_do_first(client, dana):
    client.force_login(dana)
    page = client.get("/admin/")
    assert [section["name"] for section in page.context["app_list"]][:4] == [
        "Records",
        "Claims",
        "Decisions",
        "Imports",
    ]
    assert "Colophon curators" in page.content.decode()


def test_the_admin_has_no_login_of_its_own(client, dana):
    """The portal's has a second step and limits, which tests/accounts/views/ attack."""
    answer = client.post("/admin/login/", {"username": dana.email, "password": GOOD})
    assert answer.headers["Location"].startswith("/accounts/login/?next=")
    assert "_auth_user_id" not in client.session


def test_the_admin_shows_no_secrets_of_accounts():
    from django.contrib import admin

    hidden = {"allauth.mfa", "allauth.account", "allauth.usersessions", "allauth.socialaccount"}
    assert [m for m in admin.site._registry if m._meta.app_config.name in hidden] == []
