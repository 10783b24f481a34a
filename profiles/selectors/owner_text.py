"""What the present owner says on an author's page, and whether it shows a picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from claims.selectors.ownership import owner_of, owning_claims, records_of
from collaborations.models import CollaborationPreference
from papers.models import Authorship
from papers.models.identity import canonical
from profiles.domain.links import Link
from profiles.models import PinnedWork, Profile


@dataclass(frozen=True, slots=True)
class OwnerText:
    """`user_id` owns the page now. `pinned` are ids of works, in order."""

    user_id: int
    bio_html: str = ""
    affiliation: str = ""
    links: tuple[Link, ...] = ()
    photo: str = ""
    names: tuple[str, ...] = ()
    pinned: tuple[int, ...] = ()
    is_open: bool = False
    purposes: tuple[str, ...] = ()
    note: str = ""


def owner_text(author_id: int) -> OwnerText | None:
    """None while nobody owns the record. One query then, two for an owned one."""
    claim = owning_claims([author_id]).select_related("user__collaboration_preference").first()
    if claim is None:
        return None
    rows = Profile.objects.filter(user=claim.user_id, author_id__in=records_of([author_id]))
    signed = Authorship.objects.filter(paper=OuterRef("paper"), author=author_id)
    pins = PinnedWork.objects.filter(Exists(signed), profile=OuterRef("pk")).order_by("position", "pk")
    pinned = ArraySubquery(pins.values("paper_id"))
    profile = rows.annotate(pinned=pinned).order_by("-changed_at", "pk").first()
    preference: CollaborationPreference | None = getattr(claim.user, "collaboration_preference", None)
    open_to = preference if preference and preference.is_open else None
    said = OwnerText(
        user_id=claim.user_id,
        is_open=open_to is not None,
        purposes=tuple(open_to.purposes) if open_to else (),
        note=open_to.note if open_to else "",
    )
    if profile is None:
        return said
    return replace(
        said,
        bio_html=profile.bio_html,
        affiliation=profile.affiliation,
        links=links_of(profile.links),
        photo=profile.photo,
        names=tuple(profile.names),
        pinned=tuple(profile.pinned),
    )


def links_of(kept: Sequence[Sequence[str]]) -> tuple[Link, ...]:
    """[[label, address]] as links."""
    return tuple(Link(label, url) for label, url in kept)


def is_photo_shown(name: str) -> bool:
    """Whether a page that is listed shows this picture now. Two queries."""
    row = Profile.objects.filter(photo=name).values_list("user_id", canonical("author"), "author__is_listed").first()
    if row is None:
        return False
    user_id, author_id, is_listed = row
    owner = owner_of(author_id)
    return is_listed and owner is not None and owner.pk == user_id
