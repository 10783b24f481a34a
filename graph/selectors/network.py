"""The network as it is now: the files of the last build, and what changed since, read from the tables."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection

from common.db.sql import fetch, fetch_column, fetch_value
from graph.domain.files import current_version, read_build
from graph.domain.network import Network, Relations
from graph.domain.relations import NO_IDS, Ids, Relation, keyed_relation
from graph.selectors import statements
from graph.selectors.rows import Weights, fetch_pairs

# Works are marked with the time of the act that changed them, which may be taken well before it is committed.
MARGIN = timedelta(minutes=10)
# More changed works than this are not read beside the files: the next build holds them.
MOST_RECENT = 20_000
# So many changed works count at once. While more are on their way, in an import, catching up may take one part in
# REST of a process's time.
AT_ONCE = 500
REST = 20
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

type Read = Callable[[statements.Source], tuple[Ids, Ids, Weights | None]]


def folder() -> Path:
    """Where builds are kept."""
    return Path(settings.DATA_DIR) / "graph" / str(connection.settings_dict["NAME"])


def relations_of(
    read: Read, make: Callable[[Ids, Ids, Weights | None], Relation], merged: dict[str, Ids]
) -> dict[str, Relation]:
    """All relations from what `read` gives of each source. `merged` is sorted ids and what they lead to, by kind."""
    found: dict[str, Relation] = {}
    for source in statements.SOURCES:
        rows, targets, weights = read(source)
        rows = _canonical(rows, merged.get("A")) if source.name == "affiliations" else rows
        targets = _canonical(targets, merged.get(_KINDS.get(source.name, "")))
        found[source.name] = make(rows, targets, weights)
        if source.reverse:
            found[source.reverse] = make(targets, rows, None)
    return found


_KINDS = {"byline": "A", "topics": "T", "institutions": "I", "affiliations": "I"}


def read_merged() -> dict[str, Ids]:
    """Merged records and those that stand for them, as two rows of ids."""
    merged: dict[str, Ids] = {}
    for kind, sql in statements.MERGED.items():
        pairs = sorted(fetch(sql))
        if pairs:
            merged[kind] = np.array(pairs, dtype=np.int64).T
    return merged


def _canonical(ids: Ids, merged: Ids | None) -> Ids:
    if merged is None or not len(ids):
        return ids
    places = np.minimum(np.searchsorted(merged[0], ids), merged.shape[1] - 1)
    return np.where(merged[0][places] == ids, merged[1][places], ids)


@dataclass(frozen=True, slots=True)
class _State:
    """What a process holds: a build, the works changed since with what tells one state of their row from another, and
    when to look again.
    """

    version: str
    built: Relations
    since: datetime
    changed: tuple[tuple[int, str], ...] = ()
    recent: Relations | None = None
    behind: int = 0
    look_at: float = 0.0


class _Held:
    """One for each process; threads read one state and replace it as a whole."""

    lock = threading.Lock()
    state: _State | None = None
    folder: Path | None = None


def present_network() -> Network:
    """The network with what is committed by now. Two queries, five more when works changed since the last call.

    Raises Damaged when the files cannot be read.
    """
    state = _opened()
    if time.monotonic() >= state.look_at:
        with _Held.lock:
            state = _caught_up(state)
            _Held.state = state
    unlisted = np.array(fetch_column(statements.UNLISTED), dtype=np.int64)
    changed = np.array(sorted(pk for pk, _row in state.changed), dtype=np.int64) if state.changed else NO_IDS
    return Network(state.built, state.recent or {}, changed, unlisted, state.version, state.behind)


def forget() -> None:
    """Have the next call read everything again."""
    _Held.state = None


def _opened() -> _State:
    place = folder()
    version = current_version(place)
    state = _Held.state
    if state is not None and state.version == version and _Held.folder == place:
        return state
    if version:
        relations, facts = read_build(place, version)
        state = _State(version, relations, datetime.fromisoformat(str(facts["read_at"])))
    else:
        state = _State("", {}, LONG_AGO)
    _Held.state, _Held.folder = state, place
    return state


def _caught_up(state: _State) -> _State:
    """Changed works read anew, if others changed than those that were read."""
    began = time.monotonic()
    since = state.since if state.since == LONG_AGO else state.since - MARGIN
    rows = fetch(statements.CHANGED, {"since": since, "most": MOST_RECENT + 1})
    behind = 0
    if len(rows) > MOST_RECENT:
        behind = fetch_value(statements.CHANGED_COUNT, {"since": since}) - MOST_RECENT
    changed = tuple((pk, row) for pk, row in rows[:MOST_RECENT])
    if changed != state.changed or state.recent is None:
        state = replace(state, changed=changed, recent=_recent(pk for pk, _row in changed), behind=behind)
    took = time.monotonic() - began
    return replace(state, look_at=began + took * REST if len(changed) > AT_ONCE else 0.0)


def _recent(works: Iterable[int]) -> Relations:
    wanted = {"works": list(works)}
    if not wanted["works"]:
        return {}
    return relations_of(
        lambda source: fetch_pairs(source.of_works(), wanted, is_weighted=source.is_weighted),
        keyed_relation,
        read_merged(),
    )
