"""A burst of 50 at once is held back, and what was refused changed nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from collaborations.models import Message
from common import clock, rate_limits
from tests.accounts.conftest import forget_counts
from tests.factories.together import talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rate_limited(settings, monkeypatch):
    settings.RATE_LIMITED = True
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)
    forget_counts(settings.REDIS_URL)
    yield
    forget_counts(settings.REDIS_URL)


def test_of_fifty_messages_at_once_no_more_than_the_limit_and_a_fifth_are_taken(
    rate_limited, ada, ada_page, ben, ben_page
):
    conversation = talk(ada, ben, ben_page, at=clock.now() - timedelta(hours=3))
    client = Client()
    client.force_login(ada)
    cookie = client.cookies["sessionid"].value

    def write(number: int) -> int:
        browser = Client()
        browser.cookies["sessionid"] = cookie
        try:
            forged = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
            path = f"/collaborations/conversations/{conversation.key}/"
            response = browser.post(path, {"text": f"Message {number}"}, **forged)
            assert response.status_code != 429 or int(response["Retry-After"]) > 0
            return response.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(write, range(50)))
    assert set(answers) == {302, 429}
    taken = Message.objects.count() - 1
    assert taken == answers.count(302)
    assert 20 <= taken <= 24
