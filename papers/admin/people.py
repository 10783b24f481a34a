"""Authors, bylines, and who says what of people."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from papers.admin.filters import CorrectedFilter, MergedFilter, WaitingFilter, fixed
from papers.admin.forms import AuthorForm
from papers.admin.lists import PartAdmin
from papers.admin.panels import author_panels
from papers.admin.paper_actions import withdraw_all_action
from papers.admin.records import RecordAdmin
from papers.models import (
    Author,
    AuthorAffiliation,
    AuthorIdentifier,
    AuthorName,
    Authorship,
    AuthorshipInstitution,
    DoubtfulIdentifier,
    RecordKind,
)
from papers.services.author_revisions import MOST_MERGED


@admin.register(Author)
class AuthorAdmin(RecordAdmin):
    form = AuthorForm
    change_form_template = "admin/papers/author_change_form.html"
    actions = ("merge_chosen",)
    bulk_actions = (withdraw_all_action(RecordKind.AUTHOR),)
    panels = author_panels
    list_display = ("name", "kind", "family_key", "is_initials", "merged_into", "changed_at")
    list_filter = (fixed("kind", _("kind"), tuple(Author.Kind.values)), CorrectedFilter, MergedFilter)
    search_help_text = _("Names in any order, or an identifier in any form: ORCID iD, OpenAlex, A…")
    facts: ClassVar[tuple[str, ...]] = (
        "public_address",
        "kind",
        "merged_into",
        "key",
        "family_key",
        "initials",
        "is_initials",
        "name_slot",
        "search_text",
        "created_at",
        "changed_at",
    )

    @admin.action(description=_("Merge records"), permissions=["merge"])
    def merge_chosen(self, request: HttpRequest, chosen: QuerySet[Author]) -> HttpResponse:
        """To the page that shows what a merge would do."""
        ids = ",".join(author.public_id for author in chosen.order_by("pk")[: MOST_MERGED + 1])
        return HttpResponseRedirect(f"{reverse('admin:papers_recordrevision_merge')}?records={ids}")

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.merge_author")


class AuthorPartAdmin(PartAdmin):
    owners = {"author": "A"}
    list_select_related: ClassVar[tuple[str, ...]] = ("author",)
    search_help_text = _("An author's id or identifier in any form.")


@admin.register(AuthorName)
class AuthorNameAdmin(AuthorPartAdmin):
    list_display = ("name", "author")


@admin.register(AuthorIdentifier)
class AuthorIdentifierAdmin(AuthorPartAdmin):
    list_display = ("scheme", "value", "author")


@admin.register(AuthorAffiliation)
class AuthorAffiliationAdmin(AuthorPartAdmin):
    owners = {"author": "A", "institution": "I"}
    list_display = ("author", "institution", "source", "position")
    list_select_related = ("author", "institution")


@admin.register(Authorship)
class AuthorshipAdmin(AuthorPartAdmin):
    owners = {"paper": "W", "author": "A"}
    list_display = ("printed_name", "author", "paper", "position", "role", "is_group", "is_corresponding")
    list_select_related = ("paper", "author")
    search_help_text = _("The id or an identifier of a paper or an author, in any form.")


@admin.register(AuthorshipInstitution)
class AuthorshipInstitutionAdmin(PartAdmin):
    owners = {"paper": "W", "institution": "I"}
    list_display = ("authorship", "institution", "paper")
    list_select_related = ("authorship", "institution", "paper")
    search_help_text = _("The id or an identifier of a paper or an institution, in any form.")


@admin.register(DoubtfulIdentifier)
class DoubtfulIdentifierAdmin(PartAdmin):
    """Identifiers that were not believed: merge the two authors where the source was right, then settle the row."""

    owners = {"paper": "W", "author": "A"}
    list_display = ("printed_name", "scheme", "value", "author", "holder", "paper", "at", "settled_at")
    list_select_related = ("author", "holder", "paper")
    list_filter = (WaitingFilter,)
    search_help_text = _("The id or an identifier of a paper or an author, in any form.")
    actions = ("settle",)

    @admin.action(description=_("Mark as settled"), permissions=["settle"])
    def settle(self, request: HttpRequest, chosen: QuerySet[DoubtfulIdentifier]) -> None:
        chosen.filter(settled_at=None).update(settled_at=clock.now())

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.merge_author")
