"""Ada and Ben own their pages; Ben takes invitations. Cleo is a stranger who owns a page too."""

import pytest
from django.test import Client

from accounts.models import User
from papers.models import Author
from tests.factories.library import make_author
from tests.factories.together import open_up, own


@pytest.fixture
def ada_page(ada) -> Author:
    return own(ada, make_author("Ada Byron"))


@pytest.fixture
def ben_page(ben) -> Author:
    open_up(ben)
    return own(ben, make_author("Ben Babbage"))


@pytest.fixture
def cleo_page(cleo) -> Author:
    open_up(cleo)
    return own(cleo, make_author("Cleo Somerville"))


@pytest.fixture
def browser_of():
    """`browser_of(ada)`: a client in which she is logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
