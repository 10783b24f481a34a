"""What protects people: choices, blocks, reports, and what curators did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from collaborations.domain.states import ReportState
from collaborations.models.conversations import Conversation, Message
from collaborations.models.invitations import Invitation
from papers.models import Author


class Choice(models.Model):
    """What somebody wants of the pages about working together; no row is all of it.

    `is_suggested`: others may find them under "Who could I work with?". `mail`: when a mail comes on an invitation, an
    answer, and the first unread message of a conversation. What was told before `mails_since` (NULL: ever) is in no
    digest: mail that begins again begins with what comes then.
    """

    class Mail(models.TextChoices):
        AT_ONCE = "at_once"
        DAILY = "daily"
        WEEKLY = "weekly"
        NEVER = "never"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="collaboration_choice",
    )
    is_suggested = models.BooleanField(default=True)
    mail = models.CharField(max_length=12, choices=Mail, default=Mail.AT_ONCE)
    mails_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mail__in=["at_once", "daily", "weekly", "never"]), name="collab_choice_mail_legal"
            ),
        ]
        indexes = [
            models.Index(fields=["mail"], condition=Q(mail__in=["daily", "weekly"]), name="collab_choice_digests")
        ]

    def __str__(self) -> str:
        return f"choice of user {self.user_id}"


class Block(models.Model):
    """`blocker` is out of reach for `blocked`, who is not told. `author` is who the blocker took them for."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_made", db_index=False
    )
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_of")
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="collab_block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="collab_block_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"


class Report(models.Model):
    """What somebody asks curators to look at: an invitation, or a conversation between two of its messages.

    Curators see `first_message_id` to `last_message_id` as far as the reporter does, and nothing else. `reporter`
    and `about` are NULL after their accounts were deleted.
    """

    class Reason(models.TextChoices):
        SPAM = "spam"
        HARASSMENT = "harassment"
        IMPERSONATION = "impersonation"
        FRAUD = "fraud"
        OTHER = "other"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="collaboration_reports"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="collaboration_reports_on",
    )
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_message_id = models.BigIntegerField(default=0)
    last_message_id = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=16, choices=Reason)
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in ReportState], default=ReportState.OPEN.value
    )
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(s.value for s in ReportState)), name="collab_report_state_legal"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["spam", "harassment", "impersonation", "fraud", "other"]),
                name="collab_report_reason_legal",
            ),
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, conversation__isnull=True)
                | Q(invitation__isnull=True, conversation__isnull=False),
                name="collab_report_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["reporter", "about", "invitation"],
                nulls_distinct=True,
                condition=Q(state="open"),
                name="collab_report_invitation_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "about", "conversation"],
                condition=Q(state="open"),
                name="collab_report_conversation_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="collab_report_queue")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class ModerationAction(models.Model):
    """What a curator did about somebody: added to and never changed (a trigger sees to it).

    `until` is NULL for a warning and for what was lifted. The person's and the curator's numbers stay when their
    accounts are gone.
    """

    class Kind(models.TextChoices):
        WARN = "warn"
        LIMIT = "limit"
        SUSPEND = "suspend"
        LIFT = "lift"
        DISMISS = "dismiss"

    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.TextField()
    until = models.DateTimeField(null=True)
    report = models.ForeignKey(
        Report, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="actions"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "moderation action"
        verbose_name_plural = "moderation log"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["limit", "suspend"], until__isnull=False)
                | (~Q(kind__in=["limit", "suspend"]) & Q(until__isnull=True)),
                name="collab_moderation_until_when_it_lasts",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["warn", "limit", "suspend", "lift", "dismiss"]),
                name="collab_moderation_kind_legal",
            ),
        ]
        indexes = [models.Index(fields=["about", "-id"], name="collab_moderation_latest")]

    def __str__(self) -> str:
        return f"{self.kind} by user {self.by_id}"
