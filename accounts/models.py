"""People who log in, and what is written to them. A user is not an author: a claim links the two."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from common.db.leased_rows import LeasedRow, LeasedRows


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address; there are no user names."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        """Raises ValueError when the e-mail address is empty."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """Someone who can log in, known by an e-mail address that is unique whatever its case."""

    username = None  # type: ignore[assignment]  # logging in is by e-mail address alone
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=300, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # AbstractUser's expects a user name

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_lower",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class OutgoingMailQuerySet(LeasedRows["OutgoingMail"]):
    """Mails to send."""


class OutgoingMail(LeasedRow):
    """A mail as a row: written once for its (kind, key), sent by a task that holds a lease on it.

    `handed` stands while the mail server is given the mail, and is committed before it is. A mail whose sender
    died there may have left or not: it becomes `unknown` and is not sent again, unless somebody says so in the admin;
    they may also discard it (`discarded`). `refused` mails were never sent: their address is suppressed, or the account
    was closed.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        HANDED = "handed"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown", "Delivery unknown"
        REFUSED = "refused"
        DISCARDED = "discarded", "Discarded"

    TAKEN = State.SENDING

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mails")
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    not_before = models.DateTimeField()
    failure = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="accounts_outgoingmail_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "sending",
                        "handed",
                        "sent",
                        "failed",
                        "unknown",
                        "refused",
                        "discarded",
                    ]
                ),
                name="accounts_outgoingmail_state_legal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sending", "handed"], lease_until__isnull=False)
                | ~Q(state__in=["sending", "handed"]),
                name="accounts_outgoingmail_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"),
                name="accounts_outgoingmail_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"], condition=Q(state="waiting"), name="accounts_outgoingmail_waiting"
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["sending", "handed"]),
                name="accounts_outgoingmail_leased",
            ),
            models.Index(fields=["written_at"], name="accounts_outgoingmail_written"),
            models.Index(fields=["-id"], condition=Q(state="unknown"), name="accounts_outgoingmail_unknown"),
        ]
        permissions = [("decide_outgoingmail", "Can send e-mails of unknown delivery again and discard them")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SuppressedAddress(models.Model):
    """An address that mail does not reach, or whose owner told us through the mail server to stop."""

    address = models.EmailField(max_length=254, unique=True)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "suppressed addresses"
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="accounts_suppressedaddress_lower"),
        ]

    def __str__(self) -> str:
        return self.address


class Notice(models.Model):
    """Something a person is told in the page: one line that leads somewhere. `seen_at` NULL: not seen yet.

    `mailed_at`: when a mail said the same; NULL for what none did, or where mails go their own ways.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    message = models.CharField(max_length=500)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="accounts_notice_once"),
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                name="accounts_notice_url_is_ours",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="accounts_notice_latest"),
            models.Index(fields=["user"], condition=Q(seen_at__isnull=True), name="accounts_notice_unseen"),
        ]

    def __str__(self) -> str:
        return self.message


class MailedCode(models.Model):
    """A code on its way to an address: hashed, ten minutes, three tries, one use.

    `purpose` says what it proves the address for, and `about_id` of which row of that app; `details` is what the app
    needs again when the code comes back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=16)
    about_id = models.BigIntegerField()
    address = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    details = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tries__gte=0, tries__lte=3), name="accounts_mailedcode_three_tries"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="accounts_mailedcode_expires_later"),
        ]
        indexes = [models.Index(fields=["purpose", "about_id", "-id"], name="accounts_mailedcode_latest")]

    def __str__(self) -> str:
        return f"{self.purpose} code about {self.about_id}"
