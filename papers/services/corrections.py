"""Corrections: what a person says of a field stands above what sources say, until it is withdrawn."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from common.actors import note_actor
from common.richtext.mathematics import render_text
from papers.domain.correctable import CORRECTABLE, InvalidCorrection, Value, canonical
from papers.models import Correction, RecordKind, Venue
from papers.selectors.corrections import records_of, shown_values
from papers.services.notices import refresh_notices
from papers.services.record_lock import lock_record
from papers.services.showing import show_values

MOST_AT_ONCE = 5_000


class TooManyRecords(Exception):
    """More records than one act may touch; `str()` is a sentence."""

    def __init__(self, count: int, most: int = MOST_AT_ONCE) -> None:
        super().__init__(f"{count:,} records are more than one act may touch; choose at most {most:,}.")


@transaction.atomic
def correct_field(
    *,
    kind: RecordKind,
    object_ids: Collection[int],
    field: str,
    value: object,
    reason: str,
    by: User,
    now: datetime,
    is_own_word: bool = False,
) -> list[int]:
    """Set one field of many records; returns the ids of those whose shown value became another. With `is_own_word` an
    owner says it of themselves: it is shown, and no byline is matched by it.

    Records that show the value already, and those merged into others, are left as they are. Raises InvalidCorrection,
    TooManyRecords, and KeyError for a field that cannot be corrected.
    """
    if len(object_ids) > MOST_AT_ONCE:
        raise TooManyRecords(len(object_ids))
    wanted = checked(kind, field, value)
    lock_record()
    before = shown_values(kind, field, _canonical_ids(kind, object_ids))
    changed = [pk for pk, shown in before.items() if shown.value != wanted]
    same = {"kind": kind, "field": field, "value": wanted, "reason": reason, "by": by, "at": now}
    same["is_own_word"] = is_own_word
    _keep(
        [
            Correction(**same, object_id=pk, imported_value=before[pk].stated, imported_source=before[pk].source)
            for pk in changed
        ]
    )
    shown = dict.fromkeys(changed, wanted)
    show_values(kind=kind, field=field, values=shown, sources="correction", now=now, is_own_word=is_own_word)
    _refresh_notices(field, changed, now)
    return changed


def _canonical_ids(kind: RecordKind, object_ids: Collection[int]) -> list[int]:
    rows = records_of(kind).filter(pk__in=object_ids, merged_into=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _refresh_notices(field: str, paper_ids: Sequence[int], now: datetime) -> None:
    """A retraction is shown by its notice."""
    if field == "is_retracted":
        refresh_notices(paper_ids=paper_ids, now=now)


def _keep(corrections: Sequence[Correction]) -> None:
    """What sources say was kept when the first correction was made; a second one replaces only a person's word."""
    Correction.objects.bulk_create(
        corrections,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["kind", "object_id", "field"],
        update_fields=["value", "reason", "by", "at", "is_own_word"],
    )


@transaction.atomic
def correct_record(
    *,
    kind: RecordKind,
    object_id: int,
    values: Mapping[str, object],
    reason: str,
    by: User,
    now: datetime,
    is_own_word: bool = False,
) -> list[str]:
    """Set several fields of one record; returns the names of those that changed. Raises as `correct_field` does."""
    return [
        field
        for field, value in values.items()
        if correct_field(
            kind=kind,
            object_ids=[object_id],
            field=field,
            value=value,
            reason=reason,
            by=by,
            now=now,
            is_own_word=is_own_word,
        )
    ]


@transaction.atomic
def withdraw_corrections(*, correction_ids: Collection[int], now: datetime, by: User | None = None) -> int:
    """Take corrections back, so that the fields show what sources say; returns how many there were. The log names
    who did."""
    if len(correction_ids) > MOST_AT_ONCE:
        raise TooManyRecords(len(correction_ids))
    lock_record()
    note_actor(by.pk if by else None)
    corrections = list(Correction.objects.select_for_update(of=("self",)).filter(pk__in=correction_ids).order_by("pk"))
    groups: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for correction in corrections:
        groups[correction.kind, correction.field].append(correction)
    for (kind, field), members in groups.items():
        show_values(
            kind=RecordKind(kind),
            field=field,
            values=_source_values(members),
            now=now,
            sources={c.object_id: c.imported_source for c in members},
        )
    Correction.objects.filter(pk__in=[c.pk for c in corrections]).delete()
    for (_kind, field), members in groups.items():
        _refresh_notices(field, [correction.object_id for correction in members], now)
    return len(corrections)


def _source_values(corrections: Sequence[Correction]) -> dict[int, Any]:
    return {correction.object_id: correction.imported_value for correction in corrections}


def checked(kind: RecordKind, field: str, value: object) -> Value:
    """The value as a correction would keep it. Raises InvalidCorrection; KeyError for a field that is not correctable."""
    wanted = canonical(kind.value, field, value)
    if field == "title" and not render_text(str(wanted))[0]:
        raise InvalidCorrection(field, "Nothing of this title would be left to read.")
    is_record = CORRECTABLE[kind.value][field].type == "record"
    if is_record and wanted is not None and not Venue.objects.filter(pk=wanted, merged_into=None).exists():
        raise InvalidCorrection(field, "There is no such venue, or it was merged into another.")
    return wanted
