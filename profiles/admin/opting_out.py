"""Curators answer wishes not to be listed that no address proved."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.web import current_user
from common import clock
from papers.selectors.addresses import address
from profiles.models import OptOut
from profiles.services.listing import decide_wish

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


@admin.register(OptOut)
class OptOutAdmin(AnyModelAdmin):
    """A queue: what is asked, of which record, from which address. Nothing is edited; two acts decide."""

    list_display = (
        "record",
        "state",
        "is_to_list",
        "proof",
        "address",
        "explanation",
        "asked_at",
        "takes_effect_at",
        "decided_at",
    )
    list_filter = ("state", "proof", "is_to_list")
    list_select_related = ("author",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-asked_at", "-pk")
    actions = ("grant", "refuse")
    fields = (
        "record",
        "state",
        "is_to_list",
        "proof",
        "address",
        "explanation",
        "asked_at",
        "takes_effect_at",
        "decided_at",
        "decided_by",
        "ended_at",
    )
    readonly_fields = fields

    @admin.display(description=_("record"))
    def record(self, wish: OptOut) -> str:
        url = address("A", wish.author_id, wish.author.name)
        return format_html('<a href="{}">{}</a>', url, wish.author.name)

    @admin.action(description=_("Grant what is asked"), permissions=["decide"])
    def grant(self, request: HttpRequest, queryset: QuerySet[OptOut]) -> None:
        self._decide(request, queryset, is_granted=True)

    @admin.action(description=_("Refuse what is asked"), permissions=["decide"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[OptOut]) -> None:
        self._decide(request, queryset, is_granted=False)

    def _decide(self, request: HttpRequest, queryset: QuerySet[OptOut], *, is_granted: bool) -> None:
        done = 0
        for wish_id in queryset.filter(state="asked").order_by("pk").values_list("pk", flat=True):
            try:
                decide_wish(wish_id=wish_id, by=current_user(request), is_granted=is_granted, now=clock.now())
                done += 1
            except OptOut.DoesNotExist:
                continue
        text = ngettext("%(n)d request is decided.", "%(n)d requests are decided.", done) % {"n": done}
        messages.success(request, text)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("profiles.decide_optout")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OptOut | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OptOut | None = None) -> bool:
        return False
