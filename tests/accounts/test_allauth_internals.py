"""allauth's internal names stand in one module, and each is there in the release that we run."""

import importlib
import importlib.resources
import re

import pytest

from accounts import allauth_internals
from tests.house.sources import app_modules, name_of

_IMPORT = re.compile(r"^from (allauth\S*\.internal\S*) import (.+)$", re.MULTILINE)


def test_they_are_imported_in_one_module():
    found = [name_of(path) for path in app_modules() if _IMPORT.search(path.read_text())]
    assert found == ["accounts/allauth_internals.py"]


@pytest.mark.parametrize("name", allauth_internals.__all__)
def test_each_is_what_allauth_has_under_this_name(name):
    text = (importlib.resources.files("accounts") / "allauth_internals.py").read_text()
    (module,) = [module for module, names in _IMPORT.findall(text) if name in names.split(", ")]
    assert getattr(allauth_internals, name) is getattr(importlib.import_module(module), name)
