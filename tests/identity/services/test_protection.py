"""Records that somebody follows or owns change by little, or not at all."""

from datetime import UTC, datetime

import pytest

from following.models import Followed
from identity.services.disambiguation import settle
from papers.models import Authorship
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db


def test_what_would_change_much_of_a_followed_record_waits_and_is_an_alarm():
    full, louise = make_author("Yorick Wilkszon"), make_author("Louise Guthrieva")
    short = make_author("Y. Wilkszon")
    make_paper("Preference semantics of words", authors=[full, louise])
    make_paper("Semantics of words in texts", authors=[full, louise])
    for k in range(3):
        make_paper(f"Preference semantics again {k}", authors=[short, louise])
    Followed.objects.create(kind="author", target_id=full.pk, followers_count=1)
    run = settle(clock=lambda: datetime(2026, 11, 1, tzinfo=UTC))
    assert Authorship.objects.filter(author=short).count() == 3
    assert [alarm["author"] for alarm in run.alarms] == [full.pk]
