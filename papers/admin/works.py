"""Papers and what belongs to one paper."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from papers.admin.filters import (
    AssertedByFilter,
    CorrectedFilter,
    MergedFilter,
    RetractedFilter,
    WorkKindFilter,
    YearFilter,
)
from papers.admin.forms import PaperForm
from papers.admin.lists import PartAdmin
from papers.admin.panels import paper_panels
from papers.admin.paper_actions import PAPER_ACTIONS
from papers.admin.records import RecordAdmin
from papers.domain.display import iso_date
from papers.models import (
    Paper,
    PaperCategory,
    PaperIdentifier,
    PaperLink,
    PaperSearch,
    PaperTopic,
    PaperVersion,
)


@admin.register(Paper)
class PaperAdmin(RecordAdmin):
    form = PaperForm
    bulk_actions = PAPER_ACTIONS
    panels = paper_panels
    list_display = ("title", "published", "kind", "venue", "authors", "cited", "retracted", "changed")
    list_select_related = ("venue",)
    list_filter = (WorkKindFilter, YearFilter, AssertedByFilter, RetractedFilter, CorrectedFilter, MergedFilter)
    # The orders that an index gives: newest, most cited, last changed.
    sortable_by = ("published", "cited", "changed")
    ordering = ("-changed_at", "-pk")
    autocomplete_fields = ("venue",)
    search_help_text = _("Words of the title or abstract, names, or an identifier in any form: DOI, arXiv, ACL, W…")
    facts: ClassVar[tuple[str, ...]] = (
        "public_address",
        "merged_into",
        "primary_category",
        "updated_date",
        "author_count",
        "references_total",
        "reported_citation_count",
        "counted_citation_count",
        "shown_citation_count",
        "created_at",
        "changed_at",
    )

    @admin.display(description=_("Published"), ordering="published_date")
    def published(self, paper: Paper) -> str:
        return iso_date(paper.published_date, paper.published_precision)

    @admin.display(description=_("Authors"))
    def authors(self, paper: Paper) -> int:
        return paper.author_count

    @admin.display(description=_("Cited"), ordering=F("shown_citation_count").asc(nulls_first=True))
    def cited(self, paper: Paper) -> str:
        return "–" if paper.shown_citation_count is None else str(paper.shown_citation_count)

    @admin.display(description=_("Changed"), ordering="changed_at")
    def changed(self, paper: Paper) -> str:
        return f"{paper.changed_at:%Y-%m-%d}"

    @admin.display(description=_("Retracted"))
    def retracted(self, paper: Paper) -> str:
        return str(_("retracted")) if paper.is_retracted else ""


class PaperPartAdmin(PartAdmin):
    owners = {"paper": "W"}
    list_select_related: ClassVar[tuple[str, ...]] = ("paper",)
    search_help_text = _("A paper's id or identifier in any form.")


@admin.register(PaperIdentifier)
class PaperIdentifierAdmin(PaperPartAdmin):
    list_display = ("scheme", "value", "paper")


@admin.register(PaperVersion)
class PaperVersionAdmin(PaperPartAdmin):
    list_display = ("paper", "number", "submitted_date")


@admin.register(PaperLink)
class PaperLinkAdmin(PaperPartAdmin):
    list_display = ("paper", "kind", "url")


@admin.register(PaperCategory)
class PaperCategoryAdmin(PaperPartAdmin):
    list_display = ("paper", "category", "position")
    list_select_related = ("paper", "category")
    text_lookups = ("category__code",)


@admin.register(PaperTopic)
class PaperTopicAdmin(PaperPartAdmin):
    owners = {"paper": "W", "topic": "T"}
    list_display = ("paper", "topic", "score")
    list_select_related = ("paper", "topic")


@admin.register(PaperSearch)
class PaperSearchAdmin(PaperPartAdmin):
    list_display = ("paper", "is_stale")
    fields = ("paper", "is_stale")
