"""Merging venues by hand; each merge is undone in the list of merges."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from papers.admin.bulk_actions import BulkAction, Preview
from papers.admin.panels import admin_url
from papers.models import Venue, VenueMerge
from papers.services.venue_merges import MergeRefused, merge_venues


def _chosen(ids: Sequence[int]) -> list[Venue]:
    """The venues with the one that stays first: that with most works, then the oldest."""
    works = Count("papers", filter=Q(papers__merged_into=None))
    return list(Venue.objects.filter(pk__in=ids, merged_into=None).annotate(works=works).order_by("-works", "pk"))


def _preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    venues = _chosen(ids)
    return [
        Preview(
            venue.pk,
            venue.name,
            admin_url("papers_venue", venue.pk),
            gettext("a venue of its own"),
            venues[0].name if place else gettext("stays"),
            place > 0,
        )
        for place, venue in enumerate(venues)
    ]


def _merge(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    chosen, merged = _chosen(ids), []
    for venue in chosen[1:]:
        try:
            merge_venues(kept_id=chosen[0].pk, merged_id=venue.pk, rule=VenueMerge.Rule.CURATOR, now=now, by=by)
        except MergeRefused:
            continue  # somebody merged it in the meantime
        merged.append(venue.pk)
    return merged


MERGE_VENUES = BulkAction(
    "merge",
    _("Merge venues"),
    _("They are merged into the one with the most works; the others redirect to it. Undo it under “merges of venues”."),
    "papers.change_venuemerge",
    _preview,
    _merge,
)
