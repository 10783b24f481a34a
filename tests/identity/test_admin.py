"""Curators read what a run moved and what it asks of them; senior curators take the latest back."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.services.curators import make_curator
from identity import tasks
from identity.models import IdentityRun
from identity.services.disambiguation import settle
from papers.models import Author, Authorship
from tests.conftest import person
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def run():
    """A settling that gave a name of initials to the person of the full name."""
    full, short, louise = (make_author(name) for name in ("Yorick Wilkszon", "Y. Wilkszon", "Louise Guthrieva"))
    for first, title in ((full, "Preference semantics"), (full, "Semantics of words"), (short, "Preference again")):
        make_paper(title, authors=[first, louise])
    found = settle(clock=lambda: NOW)
    other = make_paper("Another work", authors=[make_author("Wei Wang")])
    found.alarms = [
        {"author": full.pk, "why": "many papers a year", "year": 2019, "papers": 73},
        {"author": full.pk, "why": "claimed or followed", "changes": 12},
        {"author": louise.pk, "why": "many groups", "groups": 83, "papers": 186},
        {"why": "contradiction", "chain": [[other.pk, 1, "Wei <Wang>"], [other.pk, 1, "W. Wang"]]},
        {"why": "of a later version"},
    ]
    found.save()
    return found


@pytest.fixture
def senior(db):
    person("sam@example.org", "Sam Whewell")
    return make_curator(email="sam@example.org", is_senior=True).user


def page(run):
    return reverse("admin:identity_identityrun_change", args=[run.pk])


def test_a_run_says_in_sentences_what_to_look_at_and_what_moved(client, dana, run):
    client.force_login(dana)
    listed = client.get(reverse("admin:identity_identityrun_changelist")).content.decode()
    assert ">5</td>" in listed
    html = client.get(page(run)).content.decode()
    assert "73 works of the year 2019" in html
    assert "12 of its works would have changed" in html
    assert "83 groups of works without a common co-author, among 186 works" in html
    assert "Wei &lt;Wang&gt;: <a" in html
    assert html.count("Y. Wilkszon</td>") == 1
    assert reverse("admin:identity_identityrun_undo", args=[run.pk]) not in html
    moves = client.get(reverse("admin:identity_identitymove_changelist"), {"run": run.pk}).content.decode()
    assert "Preference again" in moves


def test_only_a_senior_curator_undoes_a_run_and_is_asked_first(client, dana, senior, run, monkeypatch):
    undo = reverse("admin:identity_identityrun_undo", args=[run.pk])
    client.force_login(dana)
    assert [client.get(undo).status_code, client.post(undo).status_code] == [403, 403]
    client.force_login(senior)
    assert undo in client.get(page(run)).content.decode()
    assert "moved 1 name" in client.get(undo).content.decode()
    assert IdentityRun.objects.get().state == "complete"
    assert client.post(undo).status_code == 302
    assert IdentityRun.objects.get().state == "undoing"
    monkeypatch.setattr(tasks, "send", lambda name, _: tasks.undo() if name == "identity.undo" else None)
    tasks.sweep()
    assert IdentityRun.objects.get().state == "undone"
    assert Authorship.objects.filter(author=Author.objects.get(name="Y. Wilkszon")).count() == 1
    again = client.post(undo, follow=True).content.decode()
    assert "Only the latest complete run can be undone" in again


def test_pages_of_runs_take_few_queries(client, dana, run, django_assert_max_num_queries):
    client.force_login(dana)
    with django_assert_max_num_queries(16):
        client.get(page(run))
