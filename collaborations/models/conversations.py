"""Conversations: who is in one, what was said, and who is to join."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from collaborations.domain.states import ADDITIONS_OPEN, AdditionState
from collaborations.models.invitations import Invitation
from papers.models import Author


class Conversation(models.Model):
    """A thread among a few people. `invitation` opened it; a further thread of the same people has `begun_in`."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=200)
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="conversation"
    )
    begun_in = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="threads")
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Participant(models.Model):
    """Somebody's place in a conversation.

    `latest_id` is the last message that reaches them, `read_to` the last they have seen; `unread` is 1 while the one
    is beyond the other (the database holds it to that). `sees_after` is the last message from before they joined,
    which stays closed to them. `user` and `author` are NULL after the account was deleted.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="participations",
        db_index=False,
    )
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    is_archived = models.BooleanField(default=False)
    is_muted = models.BooleanField(default=False)
    latest_id = models.BigIntegerField(default=0)
    read_to = models.BigIntegerField(default=0)
    sees_after = models.BigIntegerField(default=0)
    unread = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="collab_participant_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(left_at__isnull=False),
                name="collab_participant_gone_has_left",
            ),
            models.CheckConstraint(
                condition=Q(unread=1, latest_id__gt=F("read_to")) | Q(unread=0, latest_id__lte=F("read_to")),
                name="collab_participant_unread_is_true",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "is_archived", "-unread", "-latest_id"],
                condition=Q(left_at__isnull=True),
                name="collab_participant_inbox",
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk} of conversation {self.conversation_id}"


class Message(models.Model):
    """What somebody said, as they typed it; or that they joined or left. Empty after their account was deleted."""

    class Kind(models.TextChoices):
        TEXT = "text"
        JOINED = "joined"
        LEFT = "left"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    text = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["text", "joined", "left"]), name="collab_message_kind_legal"),
            models.CheckConstraint(
                condition=Q(kind="text") & (~Q(text="") | Q(emptied_at__isnull=False)) | (~Q(kind="text") & Q(text="")),
                name="collab_message_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "-id"], name="collab_message_of_conversation"),
            GinIndex(SearchVector("text", config="simple"), name="collab_message_text"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Addition(models.Model):
    """Somebody who is to join a conversation: everybody inside agrees first (`Consent`), then they are asked."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="additions")
    proposed_by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="additions", db_index=False
    )
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in AdditionState], default=AdditionState.PROPOSED.value
    )
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(s.value for s in AdditionState)), name="collab_addition_state_legal"
            ),
            models.UniqueConstraint(
                fields=["user", "conversation"],
                condition=Q(state__in=sorted(s.value for s in ADDITIONS_OPEN)),
                name="collab_addition_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"addition {self.pk}"


class Consent(models.Model):
    """Somebody inside agrees that a person joins."""

    addition = models.ForeignKey(Addition, on_delete=models.CASCADE, related_name="consents", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["addition", "participant"], name="collab_consent_once")]

    def __str__(self) -> str:
        return f"consent {self.pk}"
