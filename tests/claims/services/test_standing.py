"""Levels from what claims say, reminders that come in time, and all that is held on a person."""

from datetime import timedelta

import pytest

from accounts.models import OutgoingMail
from claims.evidence import KINDS
from claims.evidence.link_back import LINK_BACK
from claims.evidence.orcid_on_record import ORCID_ON_RECORD
from claims.evidence.vouch import VOUCH
from claims.models import Claim
from claims.policy import StrongKind, strong_kinds, total_weight
from claims.selectors.claim_status import claim_status_of, verified_authors
from claims.selectors.user_data import export_user_data
from claims.services.confirm_profile import confirm_profile, note_upheld_report
from claims.services.notifications import remind_curators
from metrics.formulas.trust import StrongEvidence
from metrics.models import AuthorMetrics
from metrics.services.refresh.changes import refresh_authors
from tests.claims.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kinds", "level"), [([], 2), (["orcid"], 3), (["institution"], 3), (["orcid", "vouching"], 4)]
)
def test_levels_follow_the_evidence_whether_refreshed_or_at_once(approved, author, kinds, level):
    from claims.services.recompute_trust import recompute_trust

    refresh_authors(author_ids=[author.pk], now=NOW)
    Claim.objects.filter(pk=approved.pk).update(strong_kinds=kinds)
    recompute_trust(approved, now=NOW)
    at_once = AuthorMetrics.objects.values("verification_level", "trust", "trust_points").get(author=author)
    refresh_authors(author_ids=[author.pk], now=NOW)
    refreshed = AuthorMetrics.objects.values("verification_level", "trust", "trust_points").get(author=author)
    assert at_once == refreshed
    assert refreshed["verification_level"] == level
    assert (author.pk in verified_authors()) is (level >= 3)


def test_an_account_that_is_switched_off_or_unproved_lends_no_standing(approved, author, proved_ada):
    assert claim_status_of([author.pk])[author.pk].is_email_verified
    proved_ada.emailaddress_set.update(verified=False)
    assert not claim_status_of([author.pk])[author.pk].is_email_verified
    proved_ada.is_active = False
    proved_ada.save()
    assert claim_status_of([author.pk]) == {}


def test_confirming_and_reports_are_told_to_the_formula(approved, author, proved_ada):
    later = NOW + timedelta(days=400)
    confirm_profile(claim_id=approved.pk, by=proved_ada, now=later)
    note_upheld_report(author_id=author.pk, now=later)
    standing = claim_status_of([author.pk])[author.pk]
    assert (standing.confirmed_date, standing.has_upheld_report) == (later.date(), True)


def test_strong_kinds_need_a_curator_unless_it_is_an_id():
    every = [*KINDS, VOUCH]
    assert strong_kinds(every, by_curator=False) == {StrongKind.ORCID}
    assert strong_kinds(every, by_curator=True) == set(StrongKind)
    assert strong_kinds([LINK_BACK, VOUCH], by_curator=True) == set()
    assert {kind.value for kind in StrongKind} == {kind.value for kind in StrongEvidence}
    assert total_weight([(VOUCH, 20)] * 9, name_fits=True) == 60
    assert total_weight([(ORCID_ON_RECORD, 100)], name_fits=False) == 80


def test_curators_hear_of_a_claim_a_day_before_it_is_due_and_once(pending, dana):
    assert remind_curators(now=NOW + timedelta(days=1)) == 0
    assert remind_curators(now=NOW + timedelta(days=2, hours=1)) == 1
    assert remind_curators(now=NOW + timedelta(days=2, hours=2)) == 0
    mail = OutgoingMail.objects.get(kind="claim.reminder")
    assert mail.to == dana
    assert "1 claim" in mail.subject


def test_what_is_held_on_a_person_is_all_of_it_and_of_nobody_else(approved, proved_ada, proved_cleo):
    held = export_user_data(proved_ada.pk)
    assert [claim["state"] for claim in held["claims"]] == ["approved"]
    assert [event["transition"] for event in held["claims"][0]["history"]] == ["open", "submit", "approve"]
    assert export_user_data(proved_cleo.pk) == {"claims": [], "vouching": []}
