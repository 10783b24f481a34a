"""Two hundred at once, in threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import MailedCode, User
from claims.domain.refusals import ClaimRefused
from claims.models import Claim, ClaimEvent
from claims.selectors.ownership import owner_of
from claims.services.approve import approve_claim
from claims.services.mail_code import confirm_mail_code, send_mail_code
from common.db.state_table import IllegalTransition
from tests.claims.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS, THREADS = 200, 16


def all_at_once(act, arguments) -> list[str]:
    """The outcome of each call: "done", or the name of what was raised."""

    def call(argument) -> str:
        try:
            act(argument)
        except (ClaimRefused, IllegalTransition) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(call, arguments))


def pending_claims(author, count: int) -> list[Claim]:
    users = User.objects.bulk_create(
        [User(email=f"ada{n}@example.org", name="Ada Byron", password="!") for n in range(count)]
    )
    return Claim.objects.bulk_create(
        [
            Claim(
                user=user,
                author=author,
                state="pending",
                claimed_name=user.name,
                name_verdict="same",
                opened_at=NOW,
                submitted_at=NOW,
                due_at=NOW,
            )
            for user in users
        ]
    )


def test_of_two_hundred_approvals_on_one_record_exactly_one_makes_an_owner(author, dana):
    claims = pending_claims(author, CALLERS)
    outcomes = all_at_once(lambda claim: approve_claim(claim_id=claim.pk, by=dana, now=NOW), claims)
    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "RecordIsOwned", "ClaimMoved", "IllegalTransition", "ClaimRefused"}
    assert Claim.objects.filter(state="approved").count() == 1
    assert Claim.objects.filter(state="superseded").count() == CALLERS - 1
    assert ClaimEvent.objects.filter(transition="approve").count() == 1
    assert owner_of(author.pk) is not None


def test_of_many_tries_with_one_code_one_counts_and_three_are_taken(draft, proved_ada, mailoutbox):
    send_mail_code(claim_id=draft.pk, by=proved_ada, address="ada@ox.ac.uk", now=NOW)
    code = next(line for line in mailoutbox[-1].body.splitlines() if line.isdigit())
    guesses = ["000000" if code != "000000" else "111111"] * 30
    outcomes = all_at_once(
        lambda guess: confirm_mail_code(claim_id=draft.pk, by=proved_ada, code=guess, now=NOW), guesses
    )
    assert "done" not in outcomes
    assert MailedCode.objects.get().tries == 3
    with pytest.raises(ClaimRefused, match="no_code"):
        confirm_mail_code(claim_id=draft.pk, by=proved_ada, code=code, now=NOW)
    send_mail_code(claim_id=draft.pk, by=proved_ada, address="ada@ox.ac.uk", now=NOW)
    code = next(line for line in mailoutbox[-1].body.splitlines() if line.isdigit())
    outcomes = all_at_once(
        lambda right: confirm_mail_code(claim_id=draft.pk, by=proved_ada, code=right, now=NOW), [code] * 10
    )
    assert outcomes.count("done") == 1
    assert draft.evidence.count() == 1
