"""A row is one worker's until its lease runs out; then it is another's, and the first changes nothing any more."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import OutgoingMail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEASE = timedelta(minutes=1)
State = OutgoingMail.State


@pytest.fixture
def letter(ada):
    return OutgoingMail.objects.create(
        kind="k",
        key="1",
        to=ada,
        address=ada.email,
        subject="s",
        text="t",
        message_id="m",
        not_before=NOW,
        written_at=NOW,
    )


def waiting():
    return OutgoingMail.objects.filter(state=State.WAITING)


def test_a_row_is_taken_once(letter):
    taken = waiting().take(now=NOW, lease=LEASE)
    assert (taken.pk, taken.state, taken.attempts, taken.lease_until) == (letter.pk, State.SENDING, 1, NOW + LEASE)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.lease_until) == (State.SENDING, 1, NOW + LEASE)
    assert waiting().take(now=NOW, lease=LEASE) is None


def test_a_lease_is_renewed_and_ends_with_the_row_done(letter):
    taken = waiting().take(now=NOW, lease=LEASE)
    assert OutgoingMail.objects.renew(taken, now=NOW + LEASE, lease=LEASE, state=State.HANDED)
    assert not OutgoingMail.objects.expired(now=NOW + LEASE).exists()
    assert OutgoingMail.objects.give_back(taken, state=State.SENT, sent_at=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.lease_until) == (State.SENT, None)
    assert not OutgoingMail.objects.give_back(taken, state=State.WAITING)


def test_who_lost_a_row_changes_nothing(letter):
    lost = waiting().take(now=NOW, lease=LEASE)
    late = NOW + 2 * LEASE
    again = OutgoingMail.objects.expired(now=late).take(now=late, lease=LEASE)
    assert again.attempts == 2
    assert not OutgoingMail.objects.renew(lost, now=late, lease=LEASE)
    assert not OutgoingMail.objects.fail(lost, state=State.FAILED, failure="x")
    assert OutgoingMail.objects.fail(again, state=State.FAILED, failure="no such host")
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == (State.FAILED, "no such host")
