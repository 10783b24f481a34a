"""Actions on many records: a page that says exactly what will happen, then one service call, then what happened.

An action is chosen in a list like any action. Its page posts to an address of its own with the chosen ids in one field,
first to look (which records, old and new), then to do it.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.web import current_user
from common import clock
from common.action_pages import ActionPagesMixin
from papers.domain.correctable import InvalidCorrection
from papers.services.corrections import MOST_AT_ONCE

ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """One record of an action: what it shows and would show; `is_touched` is False where nothing would change."""

    pk: int
    label: str
    url: str
    old: str
    new: str
    is_touched: bool = True


def digest_of(rows: Sequence[Preview]) -> str:
    """What a preview says, in short: only what was looked at is done."""
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()


class BulkActionForm(forms.Form):
    """What every action asks. `ids` are row ids between commas."""

    ids = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_ids(self) -> list[int]:
        """The chosen rows. Raises ValidationError for more than one action may touch."""
        parts = self.cleaned_data["ids"].split(",")
        if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in parts):
            raise forms.ValidationError(gettext("The chosen records cannot be read."))
        if len(parts) > MOST_AT_ONCE:
            raise forms.ValidationError(
                gettext("Choose at most %(most)s records at a time."), params={"most": f"{MOST_AT_ONCE:,}"}
            )
        return sorted({int(part) for part in parts})


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action: its address, its words, who may, and what it does.

    `preview(ids, cleaned)` lists every chosen record; `perform(ids, cleaned, by, now)` returns the ids it touched.
    """

    name: str
    title: str | Promise
    sentence: str | Promise
    permission: str
    preview: Callable[[Sequence[int], dict[str, Any]], list[Preview]]
    perform: Callable[[Sequence[int], dict[str, Any], User, datetime], Collection[int]]
    form: Callable[..., BulkActionForm] = BulkActionForm


class BulkActionsMixin(ActionPagesMixin):
    """Gives a list its actions, in the list and as pages."""

    bulk_actions: ClassVar[tuple[BulkAction, ...]] = ()

    def get_actions(self, request: HttpRequest, action_location: Any = admin.options.ActionLocation.CHANGE_LIST) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        if action_location is not admin.options.ActionLocation.CHANGE_LIST or "_popup" in request.GET:
            return actions
        for action in self.bulk_actions:
            if request.user.has_perm(action.permission):
                choose = partial(_choose, action)
                actions[action.name] = admin.options.Action(
                    choose,
                    action.name,
                    str(action.title),
                    str(action.title),
                    [admin.options.ActionLocation.CHANGE_LIST],
                )
        return actions

    def bulk_action_urls(self) -> list[URLPattern]:
        """An address for each action; the admin's own login and permission stand before it."""
        return [
            self.action_url_pattern(
                f"actions/{action.name}/", partial(self.bulk_action_view, action=action), f"action_{action.name}"
            )
            for action in self.bulk_actions
        ]

    def bulk_action_view(self, request: HttpRequest, *, action: BulkAction) -> HttpResponse:
        """GET with ids looks; POST looks again or, with `apply`, does it."""
        if not request.user.has_perm(action.permission):
            raise PermissionDenied
        if request.method != "POST":
            return self.bulk_action_page(
                request, action, {"ids": request.GET.get("ids", "")}, is_bound="ids" in request.GET
            )
        form = action.form(request.POST)
        if "apply" not in request.POST or not form.is_valid():
            return self.bulk_action_page(request, action, request.POST, is_bound=True)
        rows = action.preview(form.cleaned_data["ids"], form.cleaned_data)
        if digest_of(rows) != request.POST.get("looked_at"):
            told = gettext("The preview is out of date. Nothing was changed; check it again.")
            self.message_user(request, told, messages.WARNING)
            return self.bulk_action_page(request, action, request.POST, is_bound=True)
        return self._perform(request, action, form.cleaned_data)

    def _perform(self, request: HttpRequest, action: BulkAction, cleaned: dict[str, Any]) -> HttpResponse:
        try:
            with transaction.atomic():
                # Read before: the rows of withdrawn corrections are gone afterwards.
                rows = list(self.model._default_manager.filter(pk__in=cleaned["ids"]).order_by("pk"))
                touched = action.perform(cleaned["ids"], cleaned, current_user(request), clock.now())
                self._log(request, action, cleaned, [row for row in rows if row.pk in set(touched)])
        except InvalidCorrection as problem:
            return self.after_action(request, str(problem), messages.ERROR)
        except OperationalError:
            busy = gettext("An import is writing to the record at this moment. Nothing was changed; try again.")
            return self.after_action(request, busy, messages.ERROR)
        count, left = len(touched), len(cleaned["ids"]) - len(touched)
        told = ngettext("%(action)s: %(count)s changed.", "%(action)s: %(count)s changed.", count)
        text = told % {"action": action.title, "count": f"{count:,}"}
        if left:
            text += " " + gettext("%(left)s left as they were.") % {"left": f"{left:,}"}
        return self.after_action(request, text, messages.SUCCESS if count else messages.WARNING)

    def _log(self, request: HttpRequest, action: BulkAction, cleaned: dict[str, Any], rows: list[Any]) -> None:
        more = {name: str(value) for name, value in cleaned.items() if name not in ("ids", "reason") and value}
        words = " ".join([str(action.title), *more.values()])
        message = f"{words} ({cleaned['reason'] or gettext('no reason given')})"
        if rows:
            LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, change_message=message)  # type: ignore[arg-type]  # only iterated

    def bulk_action_page(self, request: HttpRequest, action: BulkAction, data: Any, *, is_bound: bool) -> HttpResponse:
        """The page of an action; raises Http404 without ids that can be read."""
        form = action.form(data)
        if not is_bound or ("ids" in form.errors and not data.get("ids")):
            raise Http404(gettext("No record was chosen."))
        rows = action.preview(form.cleaned_data["ids"], form.cleaned_data) if form.is_valid() else []
        touched = [row for row in rows if row.is_touched]
        if "look" not in data and "apply" not in data and not rows:
            form = action.form(initial={"ids": data.get("ids")})
        return self.action_page(
            request,
            "admin/papers/bulk_action.html",
            action.title,
            action=action,
            form=form,
            media=self.media + form.media,
            rows=touched[:ROWS_SHOWN],
            touched_count=len(touched),
            left=len(rows) - len(touched),
            more=max(0, len(touched) - ROWS_SHOWN),
            is_looked_at=bool(rows),
            digest=digest_of(rows),
            action_url=self.admin_url(f"action_{action.name}"),
        )


def _choose(
    action: BulkAction, model_admin: BulkActionsMixin, request: HttpRequest, chosen: QuerySet[Any]
) -> HttpResponse | None:
    """From the list to the action's page."""
    ids = list(chosen.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(ids) > MOST_AT_ONCE:
        told = gettext("Choose at most %(most)s records at a time.") % {"most": f"{MOST_AT_ONCE:,}"}
        model_admin.message_user(request, told, messages.ERROR)
        return None
    return model_admin.bulk_action_page(request, action, {"ids": ",".join(map(str, ids))}, is_bound=True)
