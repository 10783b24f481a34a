"""Who logs in. Senior curators read here; accounts are changed by their owners and by superusers."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Letter, SuppressedAddress, User

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


@admin.register(User)
class UserAdmin(AnyModelAdmin):
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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(Q(email=search_term.strip().lower())), False

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
class LogEntryAdmin(AnyModelAdmin):
    """What was done in the admin, by whom."""

    list_display = ("action_time", "user", "content_type", "object_repr", "action_flag", "change_message")
    list_select_related = ("user", "content_type")
    list_filter = ("action_flag",)
    search_fields = ("user__email",)
    search_help_text = _("The whole e-mail address of who did it.")
    show_full_result_count = False
    ordering = ("-pk",)
    list_per_page = 50

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(Q(user__email=search_term.strip().lower())), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False


class _ReadOnlyAdmin(AnyModelAdmin):
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


@admin.register(Letter)
class LetterAdmin(_ReadOnlyAdmin):
    """The outbox: what became of each mail. What it says is between the portal and its reader."""

    list_display = ("id", "kind", "state", "address", "attempts", "written_at", "sent_at", "failure")
    list_filter = ("state",)
    fields = (
        "kind", "key", "state", "address", "attempts", "written_at", "not_before", "lease_until", "sent_at", "failure",
        "message_id",
    )  # fmt: skip
    search_fields = ("address",)
    search_help_text = _("The whole e-mail address.")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(Q(to__email=search_term.strip().lower())), False


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(_ReadOnlyAdmin):
    """Addresses that get no mail any more, and why."""

    list_display = ("address", "reason", "at")
    search_fields = ("address",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(Q(address=search_term.strip().lower())), False
