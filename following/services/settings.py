"""How somebody wants to hear of what they follow."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction

from accounts.models import User
from following.domain.kinds import CADENCES, DEFAULT_CADENCE, EVENT_KINDS
from following.domain.periods import zone_of
from following.models import Preference, Reader
from following.services.mail_sources import sources

_SALT = "following.unsubscribe"


class UnknownToken(ValueError):
    """A token that we never gave out."""


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """Whose mail of which cadence is to stop."""

    user: User
    cadence: str


def reader_of(user: User) -> Reader:
    """The person's row, made with its defaults if need be."""
    reader, _ = Reader.objects.get_or_create(user=user)
    return reader


def settings_of(user: User) -> Reader:
    """The person's row, or one with the defaults that is not stored."""
    return Reader.objects.filter(user=user).first() or Reader(user=user)


@transaction.atomic
def choose_times(*, user: User, time_zone: str, hour: int, weekday: int, shows_follows: bool) -> None:
    """When digests come, by the reader's own clock, and whether new follows show who follows. Raises UnknownZone."""
    zone_of(time_zone)
    values = {
        "time_zone": time_zone,
        "digest_hour": hour,
        "digest_weekday": weekday,
        "shows_follows": shows_follows,
    }
    Reader.objects.update_or_create(user=user, defaults=values)


@transaction.atomic
def choose_cadences(*, user: User, cadences: Mapping[str, str], now: datetime) -> None:
    """How often each kind of event is mailed. Mail that begins again begins with what comes now."""
    reader_of(user)
    Reader.objects.select_for_update().get(user=user)
    stored = {row.event_kind: row for row in Preference.objects.filter(user=user)}
    for kind, cadence in cadences.items():
        assert kind in EVENT_KINDS
        assert cadence in CADENCES
        known = stored.get(kind)
        before = known.cadence if known else DEFAULT_CADENCE[kind]
        since = known.mails_since if known else min(user.date_joined, now)
        if before != cadence:
            values = {"cadence": cadence, "mails_since": now if before == "never" else since}
            Preference.objects.update_or_create(user=user, event_kind=kind, defaults=values)


def cadences_of(user: User) -> dict[str, str]:
    """How often each kind is mailed, the defaults where nothing was chosen."""
    chosen = dict(Preference.objects.filter(user=user).values_list("event_kind", "cadence"))
    return {kind: chosen.get(kind, DEFAULT_CADENCE[kind]) for kind in EVENT_KINDS}


def unsubscribe_token(*, user_id: int, cadence: str) -> str:
    """For the link in a mail of this cadence; good for ever, and of no other use."""
    return signing.dumps([user_id, cadence], salt=_SALT, compress=False)


def read_token(token: str) -> Unsubscribing:
    """Raises UnknownToken."""
    try:
        user_id, cadence = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise UnknownToken from None
    user = User.objects.filter(pk=user_id).first()
    if user is None or cadence not in CADENCES:
        raise UnknownToken
    return Unsubscribing(user, cadence)


@transaction.atomic
def unsubscribe(*, token: str, now: datetime) -> Unsubscribing:
    """Stop the mail that the token came with. Raises UnknownToken."""
    asked = read_token(token)
    kinds = [kind for kind, cadence in cadences_of(asked.user).items() if cadence == asked.cadence]
    choose_cadences(user=asked.user, cadences=dict.fromkeys(kinds, "never"), now=now)
    for source in sources():
        source.stop(user=asked.user, cadence=asked.cadence, now=now)
    return asked


@transaction.atomic
def make_feed_key(*, user: User, now: datetime) -> str:
    """A new secret address of the person's feed; an earlier one is dead. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    values = {"feed_key_hash": hash_of(token), "feed_key_made_at": now}
    Reader.objects.update_or_create(user=user, defaults=values)
    return token


@transaction.atomic
def revoke_feed_key(*, user: User) -> None:
    Reader.objects.filter(user=user).update(feed_key_hash=None, feed_key_made_at=None)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def mark_feed_seen(*, user: User, event_id: int) -> None:
    """Everything up to this event is seen; never less than before."""
    reader_of(user)
    Reader.objects.filter(user=user, seen_event_id__lt=event_id).update(seen_event_id=event_id)
