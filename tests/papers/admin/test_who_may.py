"""Who may do what in the admin, and that a refused act changed nothing."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from papers.admin.paper_actions import PAPER_ACTIONS
from papers.models import Correction, Paper

MODELS = [model for model in admin.site._registry if model._meta.app_label in ("papers", "harvest")]
ACTS = [act.name for act in PAPER_ACTIONS]


def changelist(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def apply_data(paper) -> dict[str, str]:
    return {
        "ids": str(paper.pk),
        "apply": "1",
        "looked_at": "",
        "kind": "book",
        "venue": "1",
        "reason": "spite",
    }


def test_nobody_unknown_and_no_stranger_sees_a_list(client, cleo):
    for model in MODELS:
        assert client.get(changelist(model)).status_code == 302
    client.force_login(cleo)
    for model in MODELS:
        answer = client.get(changelist(model))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")


def test_a_curator_opens_every_list_and_adds_to_none(curating):
    for model in MODELS:
        assert curating.get(changelist(model)).status_code == 200, model
        assert curating.get(changelist(model) + "add/").status_code == 403, model


def test_cleo_cannot_edit_a_paper(wanderer, paper):
    address = reverse("admin:papers_paper_change", args=[paper.pk])
    assert wanderer.post(address, {"title": "Mine", "kind": "article"}).status_code == 302
    assert Paper.objects.get().title == paper.title
    assert not Correction.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_cleo_cannot_act_on_papers(wanderer, paper, act):
    address = reverse(f"admin:papers_paper_action_{act}")
    before = Paper.objects.values().get()
    assert wanderer.post(address, apply_data(paper)).status_code == 302
    assert Paper.objects.values().get() == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_staff_without_the_right_cannot_act_on_papers(client, cleo, paper, act):
    cleo.is_staff = True
    cleo.save()
    client.force_login(cleo)
    before = Paper.objects.values().get()
    assert client.post(reverse(f"admin:papers_paper_action_{act}"), apply_data(paper)).status_code == 403
    assert Paper.objects.values().get() == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize("kind", ["paper", "author", "institution", "venue", "topic"])
def test_not_even_a_curator_deletes_a_record(curating, record, kind):
    one = record[kind]
    address = reverse(f"admin:papers_{kind}_delete", args=[one.pk])
    assert curating.post(address, {"post": "yes"}).status_code == 403
    assert type(one).objects.filter(pk=one.pk).exists()


def test_a_right_that_was_taken_away_is_gone_on_the_next_request(curating, dana, paper):
    address = reverse("admin:papers_paper_change", args=[paper.pk])
    assert curating.get(address).status_code == 200
    dana.groups.clear()
    assert curating.get(address).status_code == 403


def test_a_merged_paper_is_read_only(curating, papers):
    merged, heir = papers[0], papers[1]
    Paper.objects.filter(pk=merged.pk).update(merged_into=heir)
    address = reverse("admin:papers_paper_change", args=[merged.pk])
    assert b'name="title"' not in curating.get(address).content
    assert curating.post(address, {"title": "Mine"}).status_code == 403
    assert not Correction.objects.exists()
