"""Files of citations and explanations of numbers are given as often as the settings say, and each counts apart."""

from uuid import uuid4

import pytest

from common import rate_limits
from tests.factories.library import make_author, make_paper

pytestmark = pytest.mark.django_db

LIMITED = [
    ("EXPORT_RATE", "author", "works.bib"),
    ("EXPORT_RATE", "paper", "cite.ris"),
    ("EXPLANATION_RATE", "author", "numbers/h_index/"),
    ("EXPLANATION_RATE", "paper", "numbers/novelty/"),
]


@pytest.fixture
def page():
    author = make_author()
    return {"author": author, "paper": make_paper("On engines", by=[author])}


@pytest.mark.parametrize(("setting", "kind", "what"), LIMITED)
def test_who_asks_too_often_is_told_when_to_come_back(client, settings, page, setting, kind, what, monkeypatch):
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)
    settings.RATE_LIMITED = True
    setattr(settings, setting, "2/minute")
    address = page[kind].get_absolute_url() + what
    asked = {"REMOTE_ADDR": f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"}
    for _ in range(2):
        answer = client.get(address, **asked)
        assert answer.status_code == 200, address
    refused = client.get(address, **asked)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert client.get(address, REMOTE_ADDR="192.0.2.99").status_code == 200, "another address is not meant"
    assert client.get(page[kind].get_absolute_url(), **asked).status_code == 200, "nor is the page itself"
