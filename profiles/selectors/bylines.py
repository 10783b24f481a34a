"""The names on one byline, and which of them may be the owner."""

from dataclasses import dataclass

from accounts.models import User
from claims.domain.names import NameVerdict, name_verdict
from claims.selectors.ownership import owners_of
from papers.models import Authorship
from papers.selectors.bylines import shown_name
from profiles.selectors.known_names import known_names

MOST = 3_000


@dataclass(frozen=True, slots=True)
class Choice:
    """`is_theirs` already, or `is_free` to be taken: a like name on a record that nobody else owns."""

    position: int
    name: str
    is_theirs: bool
    is_free: bool


def byline_of(*, user: User, author_id: int, paper_id: int) -> tuple[Choice, ...]:
    """The byline's like names in order; all of a short byline."""
    names = known_names(user=user, author_id=author_id)
    rows = list(
        Authorship.objects.filter(paper=paper_id)
        .order_by("position")
        .values_list("position", shown_name(), "printed_name", "author_id", "author__merged_into_id")[:MOST]
    )
    owned = owners_of([heir or holder for *_rest, holder, heir in rows])
    choices = []
    for position, name, printed, holder, heir in rows:
        owner = owned.get(heir or holder)
        is_like = name_verdict(printed, names) is not NameVerdict.MISMATCH
        is_theirs = (heir or holder) == author_id
        if is_like or is_theirs or len(rows) <= 30:
            is_free = is_like and owner in (None, user.pk) and not is_theirs
            choices.append(Choice(position, name, is_theirs, is_free))
    return tuple(choices)
