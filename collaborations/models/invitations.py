"""Invitations from one researcher to another, and who takes them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from collaborations.domain.purposes import Purpose
from collaborations.domain.quota import MOST_WAITING_PER_AUTHOR
from collaborations.domain.states import State
from papers.models import Author, Paper, Topic

_PENDING = Q(state=State.SENT.value)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def pending(self) -> "InvitationQuerySet":
        return self.filter(state=State.SENT.value)

    def between(self, one_id: int, other_id: int) -> "InvitationQuerySet":
        """Delivered ones in either direction."""
        return self.filter(Q(sender_id=one_id, receiver_id=other_id) | Q(sender_id=other_id, receiver_id=one_id))

    def visible_to(self, user_id: int) -> "InvitationQuerySet":
        """Those a person sent, and those they received from somebody they have not blocked."""
        blocked = Q(sender__blocks_of__blocker_id=user_id)
        return self.filter(Q(sender_id=user_id) | Q(receiver_id=user_id)).exclude(Q(receiver_id=user_id) & blocked)


class Invitation(models.Model):
    """A few sentences with a purpose, from the owner of one record to whoever owns another.

    `receiver` and `delivered_at` are NULL while nobody owns the record: it then holds one of the author's three
    `waiting_position`s. `sender` and `receiver` are NULL, too, after that person's account was deleted, and `text` of
    a deleted sender are empty. `key` is what addresses name.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
        db_index=False,
    )
    sender_author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_received",
        db_index=False,
    )
    receiver_author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=32, choices=[(p.value, p.value) for p in Purpose])
    text = models.TextField(blank=True)
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in State], default=State.SENT.value)
    waiting_position = models.SmallIntegerField(null=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]  # a manager of its queryset

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(s.value for s in State)), name="collab_invitation_state_legal"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=sorted(p.value for p in Purpose)), name="collab_invitation_purpose_legal"
            ),
            models.UniqueConstraint(
                Least("sender", "receiver"),
                Greatest("sender", "receiver"),
                condition=_PENDING & Q(sender__isnull=False, receiver__isnull=False),
                name="collab_invitation_one_pending_a_pair",
            ),
            models.UniqueConstraint(
                fields=["sender", "receiver_author"],
                condition=_PENDING & Q(delivered_at__isnull=True),
                name="collab_invitation_one_waiting_a_pair",
            ),
            models.UniqueConstraint(
                fields=["receiver_author", "waiting_position"],
                condition=_PENDING & Q(delivered_at__isnull=True),
                name="collab_invitation_three_waiting",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=False)
                | Q(waiting_position__gte=1, waiting_position__lte=MOST_WAITING_PER_AUTHOR, receiver__isnull=True),
                name="collab_invitation_waits_in_a_place",
            ),
            models.CheckConstraint(
                condition=(_PENDING & Q(decided_at__isnull=True)) | (~_PENDING & Q(decided_at__isnull=False)),
                name="collab_invitation_decided_when_over",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="collab_invitation_expires_later"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="collab_invitation_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(topic__isnull=True), name="collab_invitation_about_one_thing"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "-sent_at", "-id"], name="collab_invitation_received"),
            models.Index(fields=["sender", "-sent_at", "-id"], name="collab_invitation_sent"),
            models.Index(fields=["expires_at", "id"], condition=_PENDING, name="collab_invitation_due"),
            models.Index(
                fields=["receiver_author"],
                condition=Q(delivered_at__isnull=True, state=State.SENT.value),
                name="collab_invitation_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def at(self) -> State:
        """The state as the table of transitions has it."""
        return State(self.state)

    @property
    def is_pending(self) -> bool:
        return self.at is State.SENT


class CollaborationPreference(models.Model):
    """Whether somebody takes invitations, and which. No row: nobody may invite them. No purpose named: any."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="collaboration_preference"
    )
    is_open = models.BooleanField(default=False)
    purposes = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "collaboration preferences"

    def __str__(self) -> str:
        return f"user {self.user_id} is {'open' if self.is_open else 'closed'}"
