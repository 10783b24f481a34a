"""The queue of claims: ranked by weight and due date, each with all that a decision needs on one page."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims.admin.bulk import BULK
from claims.admin.deciding import DECISIONS, DecisionsMixin
from claims.models import Claim
from claims.presenters.labels import STATES
from claims.selectors.review import possible_actions, review_of
from papers.admin.bulk_actions import BulkActionsMixin
from papers.admin.lists import CuratedAdmin
from papers.selectors.curating import records_found


class Where(admin.SimpleListFilter):
    """What awaits a curator, unless something else is asked for."""

    title = _("status")
    parameter_name = "where"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("disputed", gettext("Disputed")),
            ("asked", gettext("Waiting for the claimant")),
            ("owning", gettext("Approved")),
            ("closed", gettext("Closed")),
            ("all", gettext("All submitted")),
        ]

    def choices(self, changelist: Any) -> Any:
        """The first choice is not "all" but what awaits a decision."""
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Waiting for a curator"),
        }
        rest = super().choices(changelist)
        next(iter(rest), None)
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        chosen = {
            None: Q(due_at__isnull=False),
            "disputed": Q(state="disputed"),
            "asked": Q(state="pending") & ~Q(question=""),
            "owning": Q(state__in=["approved", "disputed"]),
            "closed": Q(state__in=["rejected", "withdrawn", "revoked", "superseded"]),
            "all": Q(),
        }
        return queryset.filter(chosen.get(self.value(), Q(pk__in=())))


@admin.register(Claim)
class ClaimAdmin(DecisionsMixin, BulkActionsMixin, CuratedAdmin):
    list_display = ("record", "claimant", "weight", "stands", "due_at", "submitted_at")
    list_filter = (Where,)
    ordering = ("-weight", "due_at", "pk")
    search_fields: ClassVar[tuple[str, ...]] = ("pk",)
    bulk_actions = BULK

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("css/claims_admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Drafts are their claimant's own; nobody else sees them."""
        return super().get_queryset(request).exclude(state="draft").select_related("author__merged_into", "user")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def found_by(self, text: str) -> Q:
        own = Q(pk=int(text)) if text.isdigit() and len(text) <= 18 else Q(pk__in=())
        return own | Q(author_id__in=records_found("A", text)) | Q(user__email__iexact=text)

    def get_urls(self) -> list[URLPattern]:
        deciding = [
            self.action_url_pattern(
                f"<int:claim_id>/{decision.name}/", partial(self.decision_view, name=decision.name), decision.name
            )
            for decision in DECISIONS
        ]
        return [*deciding, *self.bulk_action_urls(), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Evidence, record and account side by side, and what can be done."""
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404(object_id)
        if not self.has_view_permission(request, claim) or not isinstance(request.user, User):
            raise PermissionDenied
        possible = possible_actions(claim, request.user)
        return self.action_page(
            request,
            "admin/claims/claim.html",
            _("A claim on %(name)s") % {"name": claim.author.name},
            review=review_of(claim),
            decisions=[decision for decision in DECISIONS if decision.name in possible],
            is_own=request.user.pk == claim.user_id,
            **(extra_context or {}),
        )

    @admin.display(description=_("record"))
    def record(self, claim: Claim) -> str:
        return claim.canonical_author.name

    @admin.display(description=_("claimed by"))
    def claimant(self, claim: Claim) -> str:
        return claim.claimed_name

    @admin.display(description=_("stands"))
    def stands(self, claim: Claim) -> str | Promise:
        return STATES[claim.at]
