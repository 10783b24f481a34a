"""No app can keep something on a person and leave it out of their export, or behind when they go."""

import pytest
from django.apps import apps

from accounts.models import User
from common.hooks import on_user_erased, on_user_exported
from papers.models import Author
from tests.house.sources import APPS

# They refer to authors in rows made from the scholarly record alone, which stay when an account goes.
OF_THE_RECORD = {"harvest"}


def referring(target: type) -> set[str]:
    """The project's apps that have a foreign key to a model, in a model of their own."""
    return {
        model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is target
    }


@pytest.mark.parametrize("hook", [on_user_exported, on_user_erased])
def test_every_app_that_refers_to_people_exports_and_erases(hook):
    assert {"accounts", "papers", "claims", "profiles"} <= referring(User)
    assert sorted(referring(User) - set(hook.apps())) == []
    assert sorted(referring(Author) - set(hook.apps()) - OF_THE_RECORD) == []


def test_what_refers_to_a_row_goes_before_the_row():
    assert list(on_user_erased.apps()) == list(reversed(on_user_exported.apps()))
    assert on_user_exported.apps()[0] == "accounts"
