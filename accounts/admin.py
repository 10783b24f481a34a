"""Who logs in. Senior curators read here; accounts are changed by their owners and by superusers."""

from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail, SuppressedAddress, User
from accounts.services import unknown_delivery
from accounts.web import current_user
from common import clock
from common.action_pages import ActionPagesMixin

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


class _ByAddress(AnyModelAdmin):
    """A list that is searched by a whole e-mail address, which one index answers; `found_by` is its column."""

    found_by = ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        address = search_term.strip().lower()
        return (queryset.filter(Q((self.found_by, address))) if address else queryset), False


@admin.register(User)
class UserAdmin(_ByAddress):
    """Found by the whole address, which one index answers. No form shows or takes a password or its hash."""

    list_display = ("email", "name", "is_active", "is_staff", "is_superuser", "date_joined", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "date_joined", "last_login")
    readonly_fields = ("email", "name", "is_superuser", "date_joined", "last_login")
    filter_horizontal = ("groups",)
    search_fields = ("email",)
    search_help_text = _("The whole e-mail address.")
    show_full_result_count = False
    ordering = ("-pk",)
    list_per_page = 50

    found_by = "email"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Rights over rights are a superuser's alone, whatever a group was given by mistake.
        return bool(request.user.is_active and request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


admin.site.unregister(Group)
# Secrets of second steps, sessions and providers are nobody's to read, and ways in are their owner's to change.
for _model in (EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(_model)


@admin.register(Group)
class RightsAdmin(GroupAdmin):
    """Groups are what the code lists; here they are only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False


@admin.register(LogEntry)
class LogEntryAdmin(_ByAddress):
    """What was done in the admin, by whom."""

    list_display = ("action_time", "user", "content_type", "object_repr", "action_flag", "change_message")
    list_select_related = ("user", "content_type")
    list_filter = ("action_flag",)
    search_fields = ("user__email",)
    search_help_text = _("The whole e-mail address of who did it.")
    show_full_result_count = False
    ordering = ("-pk",)
    list_per_page = 50

    found_by = "user__email"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False


class _ReadOnlyAdmin(_ByAddress):
    """Rows that tasks write and nobody edits."""

    show_full_result_count = False
    ordering = ("-pk",)
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


MOST_MAILS = 500


class SettleForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example what the mail server's log says. It is kept in the log."),
    )


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ActionPagesMixin, _ReadOnlyAdmin):
    """The outbox: what became of each mail. What it says is between the portal and its reader.

    Mails that a mail server may have taken are sent again or discarded, with a reason: on the mail's page, or many
    from the list.
    """

    change_form_template = "admin/accounts/mail.html"
    actions = ("send_again", "discard")

    list_display = ("id", "kind", "state", "address", "attempts", "written_at", "sent_at", "failure")
    list_filter = ("state",)
    fields = (
        "kind",
        "key",
        "state",
        "address",
        "attempts",
        "written_at",
        "not_before",
        "lease_until",
        "sent_at",
        "failure",
        "message_id",
    )
    search_fields = ("address",)
    search_help_text = _("The whole e-mail address.")

    found_by = "to__email"

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.decide_outgoingmail")

    @admin.action(description=_("Send e-mails of unknown delivery again"), permissions=["decide"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> HttpResponse:
        return self._chosen(queryset, "again")

    @admin.action(description=_("Discard e-mails of unknown delivery"), permissions=["decide"])
    def discard(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> HttpResponse:
        return self._chosen(queryset, "discard")

    def get_urls(self) -> list[Any]:
        own = [
            self.action_url_pattern(f"settle/{action}/", partial(self.settle_view, action=action), f"settle_{action}")
            for action in ("again", "discard")
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        more = {**(extra_context or {}), "may_settle": self.has_decide_permission(request)}
        return super().change_view(request, object_id, form_url, more)

    def settle_view(self, request: HttpRequest, *, action: str) -> HttpResponse:
        """GET shows which mails it is about; POST with a reason does it. Raises Http404 without any."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        chosen = _ids_of((request.POST if request.method == "POST" else request.GET).get("ids", ""))
        form = SettleForm(request.POST or None)
        if form.is_valid():
            return self._settle(request, action, chosen, form.cleaned_data["reason"])
        mails = OutgoingMail.objects.filter(pk__in=chosen, state=OutgoingMail.State.UNKNOWN).order_by("pk")
        title = (
            gettext("Send e-mails of unknown delivery again")
            if action == "again"
            else gettext("Discard e-mails of unknown delivery")
        )
        return self.action_page(
            request,
            "admin/accounts/settle.html",
            title,
            form=form,
            action=action,
            mails=mails,
            left=len(chosen) - len(mails),
            ids=",".join(map(str, chosen)),
        )

    def _chosen(self, queryset: QuerySet[OutgoingMail], action: str) -> HttpResponse:
        ids = ",".join(str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)[:MOST_MAILS])
        return HttpResponseRedirect(f"{self.admin_url(f'settle_{action}')}?ids={ids}")

    def _settle(self, request: HttpRequest, action: str, ids: list[int], reason: str) -> HttpResponse:
        if action == "again":
            done = unknown_delivery.send_again(mail_ids=ids, reason=reason, by=current_user(request), now=clock.now())
            told = ngettext("%(n)d e-mail is sent again.", "%(n)d e-mails are sent again.", len(done.ids))
        else:
            done = unknown_delivery.discard(mail_ids=ids, reason=reason, by=current_user(request))
            told = ngettext("%(n)d e-mail is discarded.", "%(n)d e-mails are discarded.", len(done.ids))
        text = told % {"n": len(done.ids)}
        if done.left:
            left = gettext("Left unchanged: %(n)d, whose delivery is known or whose text was deleted.")
            text = f"{text} {left % {'n': done.left}}"
        return self.after_action(request, text, messages.SUCCESS if done.ids else messages.WARNING)


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(_ReadOnlyAdmin):
    """Addresses that get no mail any more, and why."""

    list_display = ("address", "reason", "at")
    search_fields = ("address",)

    found_by = "address"


def _ids_of(text: str) -> list[int]:
    """Row ids between commas; raises Http404 for what none of our pages sends."""
    parts = text.split(",")
    if len(parts) > MOST_MAILS or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts):
        raise Http404(gettext("No mail was chosen."))
    return sorted({int(part) for part in parts})
