"""What followed things are called, and where their pages are."""

from collections.abc import Iterable
from dataclasses import dataclass

from common.db.sql import fetch
from following.domain.kinds import PERSON
from following.targets import BY_NAME, TARGET_KINDS
from papers.domain.public_ids import encode

# One by one: a join reads whole tables to name a hundred authors.
_CASES = "\n".join(
    f"    WHEN '{target.kind}' THEN (SELECT {target.name} FROM {target.shown_in or target.table} WHERE id = s.id)"
    for target in TARGET_KINDS
)
_NAMES = f"""
SELECT s.kind, s.id, CASE s.kind
{_CASES} END
FROM unnest(%(kinds)s::text[], %(ids)s::bigint[]) AS s(kind, id)
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be followed. `code` names it in addresses: a public id, or a letter and a number where it has none."""

    kind: str
    id: int
    name: str
    url: str
    code: str


def targets_named(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Target]:
    """The targets by (kind, id), in one query; what does not exist, persons, and authors who asked
    not to be listed are left out."""
    pairs = sorted({pair for pair in wanted if pair[0] != PERSON})
    if not pairs:
        return {}
    rows = fetch(_NAMES, {"kinds": [kind for kind, _ in pairs], "ids": [pk for _, pk in pairs]}, is_prepared=True)
    return {(kind, pk): target_of(kind, pk, name) for kind, pk, name in rows if name}


def target_of(kind: str, pk: int, name: str) -> Target:
    target = BY_NAME[kind]
    code = encode(target.letter, pk) if target.model else f"{target.letter}{pk}"
    return Target(kind, pk, name, target.url(pk, name), code)
