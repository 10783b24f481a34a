"""Who follows what, what happened to it, and what of that was mailed.

What happens is stored once for the thing it happened to, not once a follower: a feed is read from the things that
its reader follows (docs/adr/0060-fan-out.md).
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from common.db.kind_checks import is_registered
from following.domain.kinds import CADENCES, EVENT_KINDS

CHANGES = "changes"


class Followed(models.Model):
    """A thing that somebody follows or followed. Whoever changes its follows holds this row's lock, so that the
    count, made anew each time, is right whatever happens at once."""

    kind = models.CharField(max_length=12)
    target_id = models.BigIntegerField()
    followers_count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id"], name="following_followed_once"),
            models.CheckConstraint(
                condition=is_registered("kind", "following_is_followable"), name="following_followed_kind_legal"
            ),
            models.CheckConstraint(condition=Q(followers_count__gte=0), name="following_followed_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}"


class Follow(models.Model):
    """One person follows one thing, and hears of what is first seen from `followed_at` on.

    `shows` lets the owner of an author's page see who it is. `moved_from_id`: the record that was followed before a
    merge, so that the follow can go back with it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows", db_index=False)
    kind = models.CharField(max_length=12)
    target_id = models.BigIntegerField()
    shows = models.BooleanField(default=False)
    followed_at = models.DateTimeField()
    moved_from_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "target_id"], name="following_follow_once"),
            models.CheckConstraint(
                condition=is_registered("kind", "following_is_followable"), name="following_follow_kind_legal"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "target_id", "id"], name="following_follow_target"),
            models.Index(fields=["user", "-id"], name="following_follow_latest"),
            models.Index(
                fields=["kind", "moved_from_id"],
                condition=Q(moved_from_id__isnull=False),
                name="following_follow_moved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.kind} {self.target_id}"


class SavedSearch(models.Model):
    """A query that somebody searches again and again; one row for all who follow the same ones."""

    query = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.query


class Event(models.Model):
    """Something that happened, once, whoever hears of it.

    `paper` is the new work, the citing work or the retracted one; events without a paper have a `key`. `seen_at` is
    when the portal first knew, and `day` the date of it. A retraction without links is one that was known from the
    beginning, kept so that it is never news.
    """

    kind = models.CharField(max_length=12)
    paper = models.ForeignKey(
        "papers.Paper", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=120, blank=True)
    seen_at = models.DateTimeField()
    day = models.DateField()
    text = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind"],
                condition=Q(paper__isnull=False),
                name="following_event_of_paper_once",
            ),
            models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="following_event_key_once"),
            models.CheckConstraint(condition=Q(kind__in=EVENT_KINDS), name="following_event_kind_legal"),
            models.CheckConstraint(
                condition=Q(paper__isnull=False, key="") | (Q(paper__isnull=True) & ~Q(key="")),
                name="following_event_has_one_key",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(kind="moved"), name="following_event_moved")]

    def __str__(self) -> str:
        return f"{self.kind} {self.paper_id or self.key}"


class EventLink(models.Model):
    """What an event is about, as something that can be followed. `event_kind` and `seen_at` repeat the event's, so
    that a feed is read from one index."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.CharField(max_length=12)
    target_id = models.BigIntegerField()
    event_kind = models.CharField(max_length=12)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "target_id"], name="following_eventlink_once"),
            models.CheckConstraint(
                condition=is_registered("kind", "following_is_target"), name="following_eventlink_kind_legal"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "target_id", "-event"],
                include=["seen_at", "event_kind"],
                name="following_eventlink_newest",
            ),
            models.Index(fields=["seen_at"], name="following_eventlink_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} on {self.kind} {self.target_id}"


class Progress(models.Model):
    """How far into the record's changes the events are derived. It begins with the first follow."""

    name = models.CharField(max_length=40, primary_key=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} up to {self.changed_at:%Y-%m-%d %H:%M:%S}"


class UnmatchedPaper(models.Model):
    """A new work that followed searches have not been asked about yet: its full text may not be made."""

    paper = models.OneToOneField("papers.Paper", primary_key=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.paper_id)


class Reader(models.Model):
    """How somebody wants to be kept up to date, and up to where they have seen their feed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="reader"
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    digest_hour = models.SmallIntegerField(default=8)
    digest_weekday = models.SmallIntegerField(default=0, help_text="0 is Monday.")
    shows_follows = models.BooleanField(default=False, help_text="For what is followed from now on.")
    seen_event_id = models.BigIntegerField(default=0)
    feed_key_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    feed_key_made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_hour__gte=0, digest_hour__lte=23), name="following_reader_hour_legal"
            ),
            models.CheckConstraint(
                condition=Q(digest_weekday__gte=0, digest_weekday__lte=6),
                name="following_reader_weekday_legal",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class KeptFeed(models.Model):
    """The beginning of somebody's feed in one order, as it was at `made_at`: a copy, never read when it is not true.

    Best first: `event_ids`, their `ranks`, `reasons` ("author 7,topic 3": a few of the `numbers` of things that lead
    to each). Everything that ranks at or above the lowest one (`lowest_rank`, `lowest_event_id`) is in it; `is_whole` says
    that this is all there was. Links above `through_link_id` came later. The marks are of the follows it was made
    from, and of the last merge of followed records before.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    sort = models.CharField(max_length=12)
    formula = models.SmallIntegerField()
    event_ids = ArrayField(models.BigIntegerField())
    ranks = ArrayField(models.FloatField())
    reasons = ArrayField(models.TextField())
    numbers = ArrayField(models.IntegerField())
    is_whole = models.BooleanField()
    lowest_rank = models.FloatField()
    lowest_event_id = models.BigIntegerField()
    through_link_id = models.BigIntegerField()
    follows_mark = models.BigIntegerField()
    moved_mark = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "sort"], name="following_keptfeed_once"),
            models.CheckConstraint(condition=Q(sort__in=["newest", "relevant"]), name="following_keptfeed_sort_legal"),
        ]
        indexes = [models.Index(fields=["made_at"], name="following_keptfeed_made")]

    def __str__(self) -> str:
        return f"{self.sort} of {self.user_id}"


class Preference(models.Model):
    """How often somebody is mailed about one kind of event. `mails_since` is when mail of this kind last began:
    what was seen before it is not mailed afterwards."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences", db_index=False
    )
    event_kind = models.CharField(max_length=12)
    cadence = models.CharField(max_length=12)
    mails_since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "event_kind"], name="following_preference_once"),
            models.CheckConstraint(condition=Q(event_kind__in=EVENT_KINDS), name="following_preference_kind_legal"),
            models.CheckConstraint(condition=Q(cadence__in=CADENCES), name="following_preference_cadence_legal"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.event_kind} {self.cadence}"


class Digest(models.Model):
    """One period of one person's mail, made once: from links above `from_link_id` up to `through_link_id`.

    `empty`: there was nothing to say. `written`: its letter stands in the outbox.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        WRITTEN = "written"
        EMPTY = "empty"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests", db_index=False)
    cadence = models.CharField(max_length=12)
    period = models.CharField(max_length=40, help_text="A date, or for mail at once the moment.")
    from_link_id = models.BigIntegerField()
    through_link_id = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    events_count = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "cadence", "period"], name="following_digest_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "written", "empty"]), name="following_digest_state_legal"
            ),
            models.CheckConstraint(
                condition=Q(cadence__in=["at_once", "daily", "weekly"]), name="following_digest_cadence_legal"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="following_digest_waiting"),
            models.Index(fields=["created_at"], name="following_digest_planned"),
        ]

    def __str__(self) -> str:
        return f"{self.cadence} {self.period} of {self.user_id}"


class MailedEvent(models.Model):
    """An event that stood in a mail to a person, or would have had there been room: in no other mail ever again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="mailed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="following_mailedevent_once")]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.user_id}"
