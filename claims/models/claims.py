"""Claims: who says that an author record is theirs, and how that stands."""

import uuid
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from claims.domain.names import NameVerdict
from claims.domain.states import CLOSED, OPEN, OWNING, State
from papers.models import Author


def _values(states: frozenset[State]) -> list[str]:
    return sorted(state.value for state in states)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def owning(self) -> "ClaimQuerySet":
        """Claims whose user owns the record, disputed or not."""
        return self.filter(state__in=_values(OWNING))

    def open(self) -> "ClaimQuerySet":
        return self.filter(state__in=_values(OPEN))

    def awaiting_curators(self) -> "ClaimQuerySet":
        """The queue: what a curator has to decide."""
        return self.filter(due_at__isnull=False)


# What only the claimant and curators may read is no part of a log that keeps everything.
@pghistory.track(model_name="ClaimLog", exclude=["former_name", "explanation", "question"])
class Claim(models.Model):
    """One user's claim on one author record.

    The owner of a record is the user of its claim in state approved or disputed; the database allows one. `key` is
    what addresses name. `weight` ranks the queue and decides nothing. `due_at` is set while a curator's decision is
    awaited, `question` while the claimant's answer is. `strong_kinds` is what the decisions so far proved.
    `former_name` and `explanation` are seen by the claimant and curators alone. `works` are row ids of papers, ticked
    on a record that several people share: the claim is on these alone, and its approval makes them a record of their
    own, after which it is empty. Empty: the claim is on the whole record.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims", db_index=False)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in State], default=State.DRAFT.value)
    claimed_name = models.CharField(max_length=300, help_text="The account's name when the claim was opened.")
    name_verdict = models.CharField(max_length=16, choices=[(v.value, v.value) for v in NameVerdict])
    former_name = models.CharField(max_length=300, blank=True)
    explanation = models.TextField(blank=True, max_length=2000)
    works = ArrayField(models.BigIntegerField(), default=list, blank=True)
    weight = models.SmallIntegerField(default=0)
    strong_kinds = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    question = models.TextField(blank=True, max_length=2000)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When its owner last confirmed the page.")
    upheld_report_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment]  # a manager of its queryset

    class Meta:
        permissions = [
            ("decide_claim", "Can approve and reject claims"),
            ("revoke_claim", "Can revoke claims and decide disputes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(s.value for s in State)), name="claims_claim_state_legal"
            ),
            models.UniqueConstraint(
                fields=["author"], condition=Q(state__in=_values(OWNING)), name="claims_claim_one_owner"
            ),
            models.UniqueConstraint(
                fields=["user", "author"], condition=Q(state__in=_values(OPEN)), name="claims_claim_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value) | Q(submitted_at__isnull=False) | Q(state=State.WITHDRAWN.value),
                name="claims_claim_submitted_once_past_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PENDING.value) | Q(due_at__isnull=False) | ~Q(question=""),
                name="claims_claim_pending_awaits_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_values(OPEN | CLOSED), due_at__isnull=True)
                | Q(state__in=_values(OWNING))
                | Q(state=State.PENDING.value),
                name="claims_claim_due_only_while_awaited",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*_values(OWNING), State.REVOKED.value]) | Q(approved_at__isnull=False),
                name="claims_claim_owner_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_values(CLOSED), closed_at__isnull=False)
                | (~Q(state__in=_values(CLOSED)) & Q(closed_at__isnull=True)),
                name="claims_claim_closed_when_over",
            ),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=100), name="claims_claim_weight_legal"),
        ]
        indexes = [
            models.Index(fields=["user", "-opened_at", "-id"], name="claims_claim_of_user"),
            models.Index(
                F("weight").desc(),
                F("due_at"),
                F("id"),
                condition=Q(due_at__isnull=False),
                name="claims_claim_queue",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk} on author {self.author_id}"

    @property
    def at(self) -> State:
        """The state as the table of transitions has it."""
        return State(self.state)

    @property
    def canonical_author(self) -> Author:
        """The record that stands for the claimed one; `author__merged_into` has to be loaded along."""
        target = self.author.merged_into
        return target if isinstance(target, Author) else self.author

    @property
    def is_owning(self) -> bool:
        return self.at in OWNING

    @property
    def is_open(self) -> bool:
        return self.at in OPEN


class ClaimEvent(models.Model):
    """What was done to a claim, by whom and why: added to and never changed (a trigger sees to it).

    `by` is NULL for what the policy does by itself. `reason` is told to the claimant; `note` is for curators alone.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events", db_index=False)
    transition = models.CharField(max_length=24)
    from_state = models.CharField(max_length=16)
    to_state = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["claim", "id"], name="claims_claimevent_of_claim")]

    def __str__(self) -> str:
        return f"{self.transition} of claim {self.claim_id}"
