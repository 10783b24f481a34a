"""Evidence for claims, and what is on its way to become evidence."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claims import Claim
from common.db.kind_checks import is_registered
from common.db.leased_rows import LeasedRow, LeasedRows
from papers.models import Author


class Evidence(models.Model):
    """One thing that was checked: what, against what, when, and how it came out. Rows are added and never changed.

    `subject` is what the claimant showed (an iD, an address, a page, a co-author), `against` what of the record it
    was held against, `found` the facts in between. Seen by the claimant and curators alone.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence", db_index=False)
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=500)
    against = models.CharField(max_length=500, blank=True)
    found = models.JSONField(default=dict, blank=True)
    is_passed = models.BooleanField()
    weight = models.SmallIntegerField(default=0)
    voucher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=is_registered("kind", "claims_is_evidence"), name="claims_evidence_kind_legal"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=100) & (Q(is_passed=True) | Q(weight=0)),
                name="claims_evidence_weight_legal",
            ),
            models.UniqueConstraint(
                fields=["claim", "kind", "subject"],
                condition=Q(is_passed=True),
                name="claims_evidence_passed_once",
            ),
        ]
        indexes = [models.Index(fields=["claim", "id"], name="claims_evidence_of_claim")]

    def __str__(self) -> str:
        return f"{self.kind} for claim {self.claim_id}"

    @property
    def is_used_by_others(self) -> bool:
        """Whether the same was evidence for another person's claim when it was checked."""
        return bool(self.found.get("is_used_by_others"))


class OutsideCheckQuerySet(LeasedRows["OutsideCheck"]):
    """Checks, and which of them a worker may take."""

    def waiting(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=[OutsideCheck.State.QUEUED, OutsideCheck.State.RUNNING])

    def due(self, *, now: datetime) -> Self:
        """Those whose pause is over, or whose worker is gone."""
        is_queued = Q(state=OutsideCheck.State.QUEUED, not_before__lte=now)
        return self.filter(is_queued | Q(state=OutsideCheck.State.RUNNING, lease_until__lt=now))


class OutsideCheck(LeasedRow):
    """Something to fetch from another server for a claim, as a row that a worker takes under a lease.

    `outcome` is a code of claims.domain.outcomes once it is done.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="checks", db_index=False)
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=500)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField()
    outcome = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = OutsideCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed"]), name="claims_outsidecheck_state_legal"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | Q(~Q(state="running"), lease_until__isnull=True),
                name="claims_outsidecheck_lease_while_running",
            ),
            models.CheckConstraint(
                condition=is_registered("kind", "claims_is_evidence"), name="claims_outsidecheck_kind_legal"
            ),
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(state__in=["queued", "running"]),
                name="claims_outsidecheck_one_waiting",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state="queued"), name="claims_outsidecheck_due"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="claims_outsidecheck_running"),
            models.Index(fields=["claim", "-id"], name="claims_outsidecheck_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} check for claim {self.claim_id}"


class VouchRequest(models.Model):
    """A co-author who is asked to vouch for a claim; `voucher` owns `author`, a record with joint works."""

    class State(models.TextChoices):
        ASKED = "asked"
        GIVEN = "given"
        DECLINED = "declined"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="vouch_requests", db_index=False)
    voucher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vouch_requests")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "given", "declined"]), name="claims_vouchrequest_state_legal"
            ),
            models.UniqueConstraint(fields=["claim", "voucher"], name="claims_vouchrequest_once"),
        ]

    def __str__(self) -> str:
        return f"vouching of user {self.voucher_id} for claim {self.claim_id}"
