"""Institutions and venues."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from papers.admin.filters import CorrectedFilter, MergedFilter, StatusFilter, VenueKindFilter
from papers.admin.forms import InstitutionForm, VenueForm
from papers.admin.lists import PartAdmin
from papers.admin.panels import institution_panels, venue_panels
from papers.admin.paper_actions import withdraw_all_action
from papers.admin.records import RecordAdmin
from papers.admin.venue_actions import MERGE_VENUES
from papers.models import (
    Institution,
    InstitutionIdentifier,
    InstitutionName,
    InstitutionRelation,
    RecordKind,
    Venue,
    VenueIdentifier,
)


@admin.register(Institution)
class InstitutionAdmin(RecordAdmin):
    form = InstitutionForm
    bulk_actions = (withdraw_all_action(RecordKind.INSTITUTION),)
    panels = institution_panels
    list_display = ("name", "kind", "city", "country_code", "status", "changed_at")
    list_filter = (StatusFilter, CorrectedFilter, MergedFilter)
    search_help_text = _("Words of the name, another name in full, or an identifier in any form: ROR, OpenAlex, I…")
    facts: ClassVar[tuple[str, ...]] = (
        "public_address",
        "merged_into",
        "key",
        "latitude",
        "longitude",
        "domains",
        "created_at",
        "changed_at",
    )


@admin.register(Venue)
class VenueAdmin(RecordAdmin):
    form = VenueForm
    bulk_actions = (MERGE_VENUES, withdraw_all_action(RecordKind.VENUE))
    panels = venue_panels
    list_display = ("name", "kind", "publisher", "merged_into", "changed_at")
    list_filter = (VenueKindFilter, CorrectedFilter, MergedFilter)
    search_help_text = _("Words of the name, or an identifier in any form: ISSN, OpenAlex, S…")
    facts: ClassVar[tuple[str, ...]] = ("public_address", "merged_into", "key", "created_at", "changed_at")


class InstitutionPartAdmin(PartAdmin):
    owners = {"institution": "I"}
    list_select_related = ("institution",)
    search_help_text = _("An institution's id or identifier in any form.")


@admin.register(InstitutionName)
class InstitutionNameAdmin(InstitutionPartAdmin):
    list_display = ("name", "kind", "language", "institution")


@admin.register(InstitutionIdentifier)
class InstitutionIdentifierAdmin(InstitutionPartAdmin):
    list_display = ("scheme", "value", "institution")


@admin.register(InstitutionRelation)
class InstitutionRelationAdmin(PartAdmin):
    owners = {"parent": "I", "child": "I"}
    list_display = ("parent", "child")
    list_display_links = ("parent",)
    list_select_related = ("parent", "child")
    search_help_text = _("An institution's id or identifier in any form.")


@admin.register(VenueIdentifier)
class VenueIdentifierAdmin(PartAdmin):
    owners = {"venue": "S"}
    list_display = ("scheme", "value", "venue")
    list_select_related = ("venue",)
    search_help_text = _("A venue's id or identifier in any form.")
