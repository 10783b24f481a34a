"""Which names an owner is known by, and which stay between them and us."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.selectors.record import names_of
from common.richtext.text import clean_line
from papers.models import Author, Correction, RecordKind
from papers.services.corrections import correct_record, withdraw_corrections
from papers.services.privacy import set_private_names
from profiles.domain.limits import LONGEST_NAME, MOST_NAMES
from profiles.domain.naming import goes_on_from
from profiles.models import Profile
from profiles.services.owned import owned_profile, require_undisputed


class ForeignName(ValueError):
    """A name that shares no word with any that sources or a curator give to the record."""


@transaction.atomic
def set_names(
    *, user: User, author_id: int, name: str, names: Sequence[str], is_private: bool, now: datetime
) -> Profile:
    """Call the author `name`, show `names` beside it, and keep every other form private if asked to.

    Raises NotOwner, Disputed and ForeignName.
    """
    profile = owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    author = Author.objects.get(pk=author_id)
    shown = cleaned(names)
    wanted = clean_line(name)[:LONGEST_NAME]
    vouched = names_of(author_id)
    for given in (wanted, *shown):
        if not goes_on_from(given, vouched):
            raise ForeignName(given)
    if wanted != author.name:
        correct_record(
            kind=RecordKind.AUTHOR,
            object_id=author_id,
            values={"name": wanted},
            reason="The owner's own name",
            by=user,
            now=now,
            is_own_word=True,
        )
    profile.names, profile.changed_at = shown, now
    profile.save(update_fields=["names", "changed_at"])
    set_private_names(author_id=author_id, is_private=is_private, also=shown, now=now)
    return profile


def cleaned(names: Sequence[str]) -> list[str]:
    """One line each, each once, at most MOST_NAMES."""
    lines = (clean_line(name)[:LONGEST_NAME] for name in names)
    return list(dict.fromkeys(line for line in lines if line))[:MOST_NAMES]


@transaction.atomic
def withdraw_name(*, user_id: int, author_id: int, now: datetime) -> None:
    """Call the record as sources do, if it was this owner who said otherwise."""
    mine = Correction.objects.filter(
        kind=RecordKind.AUTHOR, object_id=author_id, field="name", by_id=user_id
    ).values_list("pk", flat=True)
    withdraw_corrections(correction_ids=list(mine), now=now)
