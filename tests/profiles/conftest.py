"""Ada owns a record with works; Cleo owns another."""

import pytest
from django.test import Client

from accounts.models import User
from papers.models import Author
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def page(ada) -> Author:
    """Ada's page."""
    author = make_author("Ada Byron")
    make_owner(ada, author)
    return author


@pytest.fixture
def works(page):
    return [make_paper(f"Work {number}", by=[page], citations=10 - number) for number in range(4)]


@pytest.fixture
def as_ada(ada) -> Client:
    return logged_in(ada)


@pytest.fixture
def as_cleo(cleo) -> Client:
    return logged_in(cleo)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
