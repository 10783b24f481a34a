"""Venues that are one: by the rules of their names, or because a curator says so; each merge can be undone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce

from django.db import connection, transaction
from django.db.models import Count

from accounts.models import User
from common.db.sql import fetch_column
from papers.domain.venue_names import better_spelling, entity_key, series_name, series_of
from papers.models import (
    Change,
    Correction,
    EntityStatement,
    Paper,
    RecordKind,
    Venue,
    VenueIdentifier,
    VenueMerge,
    VenueName,
)
from papers.services.record_lock import lock_record

WORKS_THAT_NAME_A_SERIES = 10  # a volume of which fewer works are known keeps the name that is printed on it
WORDS_OF_A_MEETING = 4  # "Human Language Technologies: …" may be another meeting of that subject
SHARE_OF_ACRONYM = 0.8  # of the works whose venue states an acronym, those that state it for one series


class MergeRefused(Exception):
    """A merge of venues that cannot be made or undone; `str()` is a sentence."""


@transaction.atomic
def merge_venues(*, kept_id: int, merged_id: int, rule: str, now: datetime, by: User | None = None) -> VenueMerge:
    """Everything that stood under `merged_id` stands under `kept_id`; the old address redirects. Raises MergeRefused
    when either is gone or they are one already."""
    merge = _merge(kept_id, merged_id, rule, now, by)
    _show_venues([kept_id, merged_id], now)
    return merge


@transaction.atomic
def _merge(kept_id: int, merged_id: int, rule: str, now: datetime, by: User | None = None) -> VenueMerge:
    """The merge alone: works stand under the venue that went until they are shown anew, and it redirects."""
    lock_record()
    pair = Venue.objects.filter(pk__in=[kept_id, merged_id], merged_into=None)
    if kept_id == merged_id or pair.count() != 2:
        raise MergeRefused("One of these venues was merged into another already.")
    moved: dict[str, list[int]] = {
        "names": list(VenueName.objects.filter(venue=merged_id).order_by("pk").values_list("pk", flat=True)),
        "identifiers": list(
            VenueIdentifier.objects.filter(venue=merged_id).order_by("pk").values_list("pk", flat=True)
        ),
        "redirects": list(Venue.objects.filter(merged_into=merged_id).order_by("pk").values_list("pk", flat=True)),
    }
    # A name that both have stays where it is: its venue redirects.
    known = set(VenueName.objects.filter(venue=kept_id).values_list("key", flat=True))
    doubled = VenueName.objects.filter(venue=merged_id, key__in=known)
    moved["names"] = sorted(set(moved["names"]) - set(doubled.values_list("pk", flat=True)))
    VenueName.objects.filter(pk__in=moved["names"]).update(venue=kept_id, is_decided=by is not None)
    VenueIdentifier.objects.filter(pk__in=moved["identifiers"]).update(venue=kept_id)
    Venue.objects.filter(pk__in=[merged_id, *moved["redirects"]]).update(merged_into=kept_id, changed_at=now)
    return VenueMerge.objects.create(kept_id=kept_id, merged_id=merged_id, rule=rule, moved=moved, at=now, by=by)


# A paper's venue is the one that its first location's name leads to; what a curator set stands above that.
_SHOW = """
WITH wanted AS (
    SELECT p.id, coalesce(v.merged_into_id, v.id) AS venue_id
    FROM papers_paper p
    JOIN papers_paperlocation l ON l.paper_id = p.id AND l.position = 1
    JOIN papers_venuename n ON n.id = l.venue_name_id
    JOIN papers_venue v ON v.id = n.venue_id
    WHERE p.merged_into_id IS NULL
      AND p.id IN (SELECT l.paper_id FROM papers_paperlocation l JOIN papers_venuename n ON n.id = l.venue_name_id
                   WHERE n.venue_id = ANY(%(venues)s)
                   UNION SELECT id FROM papers_paper WHERE venue_id = ANY(%(venues)s))
      AND NOT EXISTS (SELECT FROM papers_correction c
                      WHERE c.kind = 'paper' AND c.object_id = p.id AND c.field = 'venue')
)
UPDATE papers_paper p SET venue_id = w.venue_id, changed_at = %(now)s FROM wanted w
WHERE p.id = w.id AND p.venue_id IS DISTINCT FROM w.venue_id RETURNING p.id
"""


def _show_venues(venue_ids: Sequence[int], now: datetime) -> int:
    """Show with each paper the venue that its location leads to; returns how many papers changed."""
    papers = fetch_column(_SHOW, {"venues": list(venue_ids), "now": now})
    # Papers that a curator gave the venue follow it too.
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE papers_paper p SET venue_id = v.merged_into_id FROM papers_venue v
               WHERE v.id = p.venue_id AND v.merged_into_id IS NOT NULL AND v.id = ANY(%s)""",
            [list(venue_ids)],
        )
    changes = [Change(kind=RecordKind.PAPER, object_id=pk, at=now) for pk in papers]
    changes += [Change(kind=RecordKind.VENUE, object_id=pk, at=now) for pk in venue_ids]
    Change.objects.bulk_create(changes, batch_size=5_000)
    return len(papers)


@transaction.atomic
def undo_venue_merge(*, merge_id: int, by: User, now: datetime) -> VenueMerge:
    """Both venues stand again, each with its names, identifiers and works; no rule merges them a second time. Raises
    MergeRefused when that was done before, or when the venue it went to has itself been merged since."""
    lock_record()
    merge = VenueMerge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    if merge.undone_at is not None:
        raise MergeRefused("This was undone already.")
    if Venue.objects.filter(pk=merge.kept_id).exclude(merged_into=None).exists():
        raise MergeRefused("The venue has itself been merged into another since; undo that first.")
    Venue.objects.filter(pk=merge.merged_id).update(merged_into=None, changed_at=now)
    Venue.objects.filter(pk__in=merge.moved["redirects"]).update(merged_into=merge.merged_id)
    VenueName.objects.filter(pk__in=merge.moved["names"]).update(venue=merge.merged_id, is_decided=True)
    VenueIdentifier.objects.filter(pk__in=merge.moved["identifiers"]).update(venue=merge.merged_id)
    VenueMerge.objects.filter(pk=merge.pk).update(undone_at=now, undone_by=by)
    _show_venues([merge.kept_id, merge.merged_id], now)
    merge.refresh_from_db()
    return merge


def join_venues(*, now: datetime) -> int:
    """Merge the venues that their names say to be one, and name each after its series; returns how many went.

    Three rules: all names of one series, a year of it that is called by its theme, and an acronym that by far most of
    the works that state it state for one series. Pairs whose merge a curator undid stay apart.
    """
    _key_series()
    apart = {
        frozenset(pair)
        for pair in VenueMerge.objects.exclude(undone_at=None).order_by("pk").values_list("kept_id", "merged_id")
    }
    count = 0
    for rule, groups_by in (
        (VenueMerge.Rule.NAME, _by_series),
        (VenueMerge.Rule.NAME, _by_theme),
        (VenueMerge.Rule.ACRONYM, _by_acronym),
    ):
        for kept_id, *others in groups_by():
            for merged_id in others:
                standing = Venue.objects.filter(pk__in=[kept_id, merged_id], merged_into=None).count() == 2
                if standing and frozenset((kept_id, merged_id)) not in apart:
                    _merge(kept_id, merged_id, rule, now)
                    count += 1
    # All at once, and those that an earlier run which was stopped left too.
    left = Paper.objects.filter(venue__merged_into__isnull=False).order_by()
    pairs = left.values_list("venue", "venue__merged_into").distinct()
    if touched := sorted({pk for pair in pairs for pk in pair if pk is not None}):
        with transaction.atomic():
            lock_record()
            _show_venues(touched, now)
    _name_after_series(now)
    return count


def _key_series() -> None:
    """Keep the series of each venue up to date with the rules."""
    changed = []
    for venue in Venue.objects.filter(merged_into=None).only("pk", "name", "kind", "series_key").order_by("pk"):
        key = series_of(venue.name, venue.kind).key
        if key != venue.series_key:
            venue.series_key = key
            changed.append(venue)
    Venue.objects.bulk_update(changed, ["series_key"], batch_size=1_000)


def _by_series() -> list[list[int]]:
    """Venues of one series, the one with identifiers and then the eldest first. Different OpenAlex ids or ISSNs say
    that two of one name are two."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows = Venue.objects.filter(merged_into=None).annotate(ids=Count("identifiers")).order_by("pk")
    for pk, key, ids in rows.values_list("pk", "series_key", "ids"):
        if key:
            groups[key].append((pk, ids))
    found = []
    for members in groups.values():
        registered = [pk for pk, ids in members if ids]
        if len(members) > 1 and len(registered) <= 1:
            found.append([*registered, *(pk for pk, ids in members if not ids)])
    return found


def _by_theme() -> list[list[int]]:
    """A meeting of several years with those of its years that state their theme where others state a number:
    "Translating and the Computer: Term banks for tomorrow's world"."""
    rows = Venue.objects.filter(merged_into=None, kind="conference").annotate(stated=Count("names")).order_by("pk")
    venues = list(rows.values_list("pk", "name", "series_key", "stated"))
    meetings = {key: pk for pk, _, key, stated in reversed(venues) if stated > 1}
    groups: dict[int, list[int]] = defaultdict(list)
    for pk, name, _, _ in venues:
        head, colon, _ = name.partition(": ")
        kept = (
            meetings.get(series_of(head, "conference").key)
            if colon and len(head.split()) >= WORDS_OF_A_MEETING
            else None
        )
        if kept is not None and kept != pk:
            groups[kept].append(pk)
    return [[kept, *years] for kept, years in groups.items()]


def _by_acronym() -> list[list[int]]:
    """A series with the venues that are called by its acronym alone."""
    stated: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = VenueName.objects.filter(venue__merged_into=None).annotate(works=Count("locations")).order_by("pk")
    by_key: dict[str, set[int]] = defaultdict(set)
    for venue_id, name, kind, key, works in rows.values_list(
        "venue_id", "name", "venue__kind", "venue__series_key", "works"
    ):
        acronym = series_of(name, kind).acronym
        by_key[key.replace(" ", "")].add(venue_id)
        if acronym and acronym != key.replace(" ", ""):
            stated[acronym][venue_id] += works
    groups = []
    for acronym, series in sorted(stated.items()):
        venue_id, works = max(series.items(), key=lambda item: (item[1], -item[0]))
        called = by_key.get(acronym, set()) - {venue_id}
        if called and works >= SHARE_OF_ACRONYM * sum(series.values()):
            groups.append([venue_id, *sorted(called)])
    return groups


def _name_after_series(now: datetime) -> None:
    """Name each venue as most of its works do, by the better spelling of two as frequent. Venues with names of several
    years or issues, or with many works, bear the name of the series; what a curator or a register calls them stays."""
    named = EntityStatement.objects.filter(kind=RecordKind.VENUE).values("object_id")
    corrected = Correction.objects.filter(kind=RecordKind.VENUE, field="name").values("object_id")
    venues = Venue.objects.filter(merged_into=None).exclude(kind="repository").exclude(pk__in=named)
    changed = []
    spellings = _spellings()
    for venue in venues.exclude(pk__in=corrected).order_by("pk"):
        stated = spellings.get(venue.pk, {})
        is_series = len(stated) > 1 or sum(stated.values()) >= WORKS_THAT_NAME_A_SERIES
        name = _most_frequent(stated, venue.kind, is_series=is_series) if stated else ""
        if name and name != venue.name:
            venue.name, venue.key, venue.changed_at = name, entity_key(name), now
            changed.append(venue)
    Venue.objects.bulk_update(changed, ["name", "key", "changed_at"], batch_size=1_000)


def _spellings() -> dict[int, dict[str, int]]:
    """Of each venue the names under which works are stated, with how many works."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = VenueName.objects.filter(venue__merged_into=None).annotate(works=Count("locations")).order_by("pk")
    for venue_id, name, works in rows.values_list("venue_id", "name", "works"):
        found[venue_id][name] = works
    return found


def _most_frequent(counts: Mapping[str, int], kind: str, *, is_series: bool) -> str:
    names: dict[str, int] = defaultdict(int)
    for spelling, works in counts.items():
        names[series_name(spelling, kind)[:500] if is_series else spelling] += works
    most = max(names.values())
    return reduce(better_spelling, (name for name, works in names.items() if works == most))
