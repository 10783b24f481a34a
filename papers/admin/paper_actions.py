"""The actions on papers and on corrections."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from papers.admin.bulk_actions import BulkAction, BulkActionForm, Preview
from papers.admin.panels import admin_url
from papers.domain.correctable import WORK_KINDS
from papers.models import Correction, Paper, PaperSearch, RecordKind, Venue
from papers.selectors.corrections import as_text, records_of, shown_values
from papers.services.corrections import withdraw_corrections
from papers.services.curating import mark_retracted, reindex_papers, set_kind, set_venue


class KindForm(BulkActionForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(word, word) for word in WORK_KINDS])


class VenueForm(BulkActionForm):
    venue = forms.ModelChoiceField(
        label=_("Venue"),
        queryset=Venue.objects.filter(merged_into=None),
        widget=AutocompleteSelect(Paper._meta.get_field("venue"), admin.site),
    )


def _field_preview(
    field: str, wanted: Callable[[dict[str, Any]], Any], ids: Sequence[int], cleaned: dict[str, Any]
) -> list[Preview]:
    """Old and new of one field of papers. At most three queries."""
    value = wanted(cleaned)
    papers = dict(Paper.objects.filter(pk__in=ids, merged_into=None).order_by("pk").values_list("pk", "title"))
    shown = shown_values(RecordKind.PAPER, field, list(papers))
    names = _venue_names(field, [value, *(one.value for one in shown.values())])
    return [
        Preview(
            pk,
            title,
            admin_url("papers_paper", pk),
            _value_text(shown[pk].value, names),
            _value_text(value, names),
            shown[pk].value != value,
        )
        for pk, title in papers.items()
    ]


def _venue_names(field: str, values: Sequence[Any]) -> dict[int, str]:
    if field != "venue":
        return {}
    return dict(Venue.objects.filter(pk__in={v for v in values if v}).values_list("pk", "name"))


def _value_text(value: Any, names: dict[int, str]) -> str:
    if isinstance(value, bool):
        return gettext("retracted") if value else gettext("not retracted")
    return names.get(value, str(value)) if value is not None else "–"


def _mark(is_retracted: bool, ids: Sequence[int], cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    return mark_retracted(paper_ids=ids, is_retracted=is_retracted, reason=cleaned["reason"], by=by, now=now)


def _set_kind(ids: Sequence[int], cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    return set_kind(paper_ids=ids, kind=cleaned["kind"], reason=cleaned["reason"], by=by, now=now)


def _set_venue(ids: Sequence[int], cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    return set_venue(paper_ids=ids, venue_id=cleaned["venue"].pk, reason=cleaned["reason"], by=by, now=now)


def _stale_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    stale = set(PaperSearch.objects.filter(paper__in=ids, is_stale=True).values_list("paper_id", flat=True))
    return [
        Preview(
            pk,
            title,
            admin_url("papers_paper", pk),
            gettext("waiting already") if pk in stale else gettext("in the index"),
            gettext("waiting to be indexed"),
            pk not in stale,
        )
        for pk, title in Paper.objects.filter(pk__in=ids, merged_into=None).order_by("pk").values_list("pk", "title")
    ]


def _reindex(ids: Sequence[int], _cleaned: dict[str, Any], _by: User, now: datetime) -> list[int]:
    return reindex_papers(paper_ids=ids, now=now)


def _correction_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    """What each correction says and what will be shown again. A query, and one for each kind of record."""
    corrections = list(Correction.objects.filter(pk__in=ids).order_by("kind", "object_id", "field"))
    labels: dict[tuple[str, int], str] = {}
    for kind in {correction.kind for correction in corrections}:
        wanted = {c.object_id for c in corrections if c.kind == kind}
        records = records_of(RecordKind(kind)).filter(pk__in=wanted)
        labels |= {(kind, record.pk): record.label for record in records}
    return [
        Preview(
            words.correction.pk,
            f"{labels.get((words.correction.kind, words.correction.object_id), '')} · {words.correction.field}",
            admin_url(f"papers_{words.correction.kind}", words.correction.object_id),
            words.set_to or "–",
            words.stated or "–",
        )
        for words in as_text(corrections)
    ]


def _withdraw(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    held = list(Correction.objects.filter(pk__in=ids).values_list("pk", flat=True))
    withdraw_corrections(correction_ids=held, now=now, by=by)
    return held


def _corrections_of_records(kind: RecordKind, ids: Sequence[int]) -> list[int]:
    rows = Correction.objects.filter(kind=kind, object_id__in=ids).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _record_preview(kind: RecordKind, ids: Sequence[int], cleaned: dict[str, Any]) -> list[Preview]:
    return _correction_preview(_corrections_of_records(kind, ids), cleaned)


def _withdraw_all(kind: RecordKind, ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    rows = Correction.objects.filter(kind=kind, object_id__in=ids)
    touched = sorted(set(rows.values_list("object_id", flat=True)))
    withdraw_corrections(correction_ids=_corrections_of_records(kind, ids), now=now, by=by)
    return touched


def withdraw_all_action(kind: RecordKind) -> BulkAction:
    """The action that takes back every correction of the chosen records."""
    return BulkAction(
        "withdraw",
        _("Withdraw corrections"),
        _("The fields go back to what sources say."),
        "papers.delete_correction",
        partial(_record_preview, kind),
        partial(_withdraw_all, kind),
    )


def _retraction_action(name: str, title: str | Promise, is_retracted: bool) -> BulkAction:
    sentence = _("A correction of each record; later imports keep it until it is withdrawn.")
    return BulkAction(
        name,
        title,
        sentence,
        "papers.change_paper",
        partial(_field_preview, "is_retracted", lambda _cleaned: is_retracted),
        partial(_mark, is_retracted),
    )


PAPER_ACTIONS = (
    _retraction_action("retract", _("Mark as retracted"), True),
    _retraction_action("unretract", _("Mark as not retracted"), False),
    BulkAction(
        "set_kind",
        _("Set the kind"),
        _("A correction of each paper; later imports keep it until it is withdrawn."),
        "papers.change_paper",
        partial(_field_preview, "kind", lambda cleaned: cleaned["kind"]),
        _set_kind,
        KindForm,
    ),
    BulkAction(
        "set_venue",
        _("Set the venue"),
        _("A correction of each paper; later imports keep it until it is withdrawn."),
        "papers.change_paper",
        partial(_field_preview, "venue", lambda cleaned: cleaned["venue"].pk),
        _set_venue,
        VenueForm,
    ),
    BulkAction(
        "reindex",
        _("Index again for search"),
        _("The next worker rebuilds the full text of each paper."),
        "papers.change_papersearch",
        _stale_preview,
        _reindex,
    ),
    withdraw_all_action(RecordKind.PAPER),
)

CORRECTION_ACTS = (
    BulkAction(
        "withdraw",
        _("Withdraw corrections"),
        _("The fields go back to what sources say."),
        "papers.delete_correction",
        _correction_preview,
        _withdraw,
    ),
)
