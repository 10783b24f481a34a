"""Topics and categories."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.admin.filters import CorrectedFilter, MergedFilter
from papers.admin.forms import TopicForm
from papers.admin.lists import PartAdmin
from papers.admin.panels import topic_panels
from papers.admin.paper_actions import withdraw_all_action
from papers.admin.records import RecordAdmin
from papers.models import Category, RecordKind, Topic, TopicIdentifier


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    form = TopicForm
    bulk_actions = (withdraw_all_action(RecordKind.TOPIC),)
    panels = topic_panels
    list_display = ("name", "field_name", "category", "merged_into", "changed_at")
    list_select_related = ("category", "merged_into")
    list_filter = (CorrectedFilter, MergedFilter)
    search_help_text = _("Words of the name, or an identifier in any form: OpenAlex, T…")
    facts: ClassVar[tuple[str, ...]] = (
        "public_address",
        "merged_into",
        "key",
        "category",
        "created_at",
        "changed_at",
    )


@admin.register(TopicIdentifier)
class TopicIdentifierAdmin(PartAdmin):
    owners = {"topic": "T"}
    list_display = ("scheme", "value", "topic")
    list_select_related = ("topic",)
    search_help_text = _("A topic's id or identifier in any form.")


@admin.register(Category)
class CategoryAdmin(PartAdmin):
    list_display = ("code", "name", "group_name", "scheme")
    ordering = ("scheme", "code", "pk")
    search_help_text = _("A code such as cs.LG, or words of the name.")

    def found_by(self, text: str) -> Q:
        # A few hundred rows: the one table in which looking everywhere is cheap.
        return Q(code__icontains=text) | Q(name__icontains=text)
