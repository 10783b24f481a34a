"""The names on one byline, and which of them may be the owner."""

from dataclasses import dataclass

from accounts.models import User
from claims.domain.names import NameVerdict, name_verdict
from papers.models import Authorship
from papers.models.identity import canonical
from papers.selectors.bylines import shown_name
from profiles.models import AttributionRequest
from profiles.selectors.known_names import known_names

MOST = 3_000


@dataclass(frozen=True, slots=True)
class Choice:
    """`is_theirs` already, `is_waiting` for a curator, or `is_like` a name that is vouched for."""

    position: int
    name: str
    is_theirs: bool
    is_like: bool
    is_waiting: bool


def byline_of(*, user: User, author_id: int, paper_id: int) -> tuple[Choice, ...]:
    """The byline's like names in order; all of a short byline."""
    names = known_names(user=user, author_id=author_id)
    rows = list(
        Authorship.objects.filter(paper=paper_id)
        .order_by("position")
        .values_list("position", shown_name(), "printed_name", canonical("author"))[:MOST]
    )
    waiting = set(
        AttributionRequest.objects.filter(author=author_id, paper=paper_id, state="waiting").values_list(
            "position", flat=True
        )
    )
    choices = []
    for position, name, printed, holder in rows:
        is_like = name_verdict(printed, names) is not NameVerdict.MISMATCH
        is_theirs = holder == author_id
        if is_like or is_theirs or len(rows) <= 30:
            choices.append(Choice(position, name, is_theirs, is_like, position in waiting))
    return tuple(choices)
