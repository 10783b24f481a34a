"""Who owns an author record: the one question that other apps ask claims. Answers hold on the very next request.

A record that was merged into another is asked about as the one that stands for it, and the other way round the owner
of a record that was merged away owns the one that stands.
"""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, When

from accounts.models import User
from claims.domain.states import OWNING, State
from claims.models import Claim, ClaimQuerySet
from papers.models import Author
from papers.models.identity import canonical

_OWNING = sorted(state.value for state in OWNING)
_CANONICAL = canonical("author")


def owner_of(author_id: int) -> User | None:
    """The user who owns the record, None when nobody does."""
    claim = owning_claims([author_id]).select_related("user").first()
    return claim.user if claim else None


def owners_of(author_ids: Iterable[int]) -> dict[int, int]:
    """Author id → user id, for those of the records that stand which somebody owns."""
    found: dict[int, int] = {}
    for canonical_id, user_id in owning_claims(author_ids).values_list(_CANONICAL, "user_id"):
        found.setdefault(canonical_id, user_id)
    return found


def owned_authors(user: User) -> QuerySet[Author]:
    """The records that stand and that this user owns, in no order."""
    if not user.is_authenticated or not user.is_active:
        return Author.objects.none()
    standing = Claim.objects.owning().filter(user=user).values_list(_CANONICAL)
    return Author.objects.filter(pk__in=standing, merged_into=None)


def is_owner(*, user: User, author_id: int) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    claim = owning_claims([author_id]).first()
    return claim is not None and claim.user_id == user.pk


def is_disputed(author_id: int) -> bool:
    """Whether somebody else's claim on an owned record is being decided: its owner merges and hides nothing then."""
    claim = owning_claims([author_id]).first()
    return claim is not None and claim.at is State.DISPUTED


def owning_claims(author_ids: Iterable[int]) -> ClaimQuerySet:
    """The claims that own these records that stand, the record's own claim first, then the oldest."""
    ids = list(author_ids)
    own_first = Case(When(author__merged_into=None, then=0), default=1, output_field=IntegerField())
    return (
        Claim.objects.filter(author_id__in=records_of(ids), state__in=_OWNING, user__is_active=True)
        .annotate(own_first=own_first)
        .order_by("own_first", "approved_at", "pk")
    )


def record_ids(author_ids: Iterable[int]) -> list[int]:
    """The ids of `records_of`."""
    ids = list(author_ids)
    return list(Author.objects.with_merged(ids).order_by("pk").values_list("pk", flat=True))


def records_of(author_ids: Iterable[int]) -> QuerySet[Author]:
    """The records that stand and those merged into them; read from two indexes, however many claims there are."""
    ids = list(author_ids)
    return Author.objects.with_merged(ids).values("pk")  # type: ignore[return-value]  # a list of ids for a subquery
