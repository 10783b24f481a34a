"""What can be followed: a kind of target, with all that following has to know of it.

A new kind is a module of `following/targets` with one `TargetKind` in it, and a line in `following/targets/__init__.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.models.identity import PublicRecord

NEW_WORKS = _("You will see new works in your feed and, as often as you choose, by e-mail.")
# The end of an arm that finds something of a target which somebody follows now: `followed("author", "a.id")`.
_FOLLOWED = "JOIN following_followed w ON w.followers_count > 0 AND w.kind = '{}' AND w.target_id = {}"


def followed(kind: str, target: str) -> str:
    """Joins `w`, the followed target of this kind whose id the SQL expression gives."""
    return _FOLLOWED.format(kind, target)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TargetKind:
    """One kind of target.

    `letter` begins its code: that of a public id where it has a `model`, else one of its own before a number; `url`
    gives the page from id and name. `name` is an SQL expression of the name in `table`; `shown_in` is the view of those that may be shown, "" for all.
    `weight`: how much it says that a followed target of this kind leads to an event; the order in which one of several
    is named as the reason. `heard_of` tells whoever follows what they will hear of.

    The arms are SELECTs of (paper_id, kind, target_id) over followed targets: `works` and `retractions` of the works
    in `chosen(paper_id)`, `citations` of the citing works `b` in `changed_batch`, with `{is_new}` for what is new in
    the world, `matches` of the works in `taken(paper_id)`, whose full text was made.

    `latest` selects the ids of its %(most)s latest works up to %(latest)s from %(id)s or %(query)s, newest first.
    `recent` are joins of the followed targets `f` with (paper_id, published_date), %(shown)s each, up to %(today)s.
    """

    kind: str
    letter: str
    label: str | Promise
    plural: str | Promise
    weight: float
    table: str
    url: Callable[[int, str], str]
    latest: str
    name: str = "name"
    shown_in: str = ""
    model: type[PublicRecord] | None = None
    heard_of: str | Promise = NEW_WORKS
    works: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    retractions: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
