"""Blocks of names to be settled again, marked where something new is said of one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Max, Min

from identity.domain.names import block_of
from identity.models import IdentityBlock
from papers.domain.name_parts import NameParts, split_name

_MARK = """
INSERT INTO identity_identityblock (block, marked_at) SELECT b, %s FROM unnest(%s::text[]) AS b
ON CONFLICT (block) DO UPDATE SET marked_at = excluded.marked_at
"""
MOST_CHARS = 320


@lru_cache(maxsize=32_768)
def _block_of(parts: NameParts) -> str:
    name = split_name(parts)
    return block_of(name.given, name.family)[:MOST_CHARS]


def mark_blocks(names: Iterable[NameParts], *, now: datetime) -> None:
    """Mark the blocks of these names; inside the caller's transaction. Groups have none."""
    blocks = {_block_of(parts) for parts in set(names) if parts.kind == "person"}
    if blocks:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [now, sorted(blocks)])


def is_due(*, now: datetime, quiet: timedelta, longest: timedelta) -> bool:
    """Whether something is marked and either nothing was for `quiet`, or something has been for `longest`."""
    marks = IdentityBlock.objects.aggregate(first=Min("marked_at"), last=Max("marked_at"))
    if marks["first"] is None:
        return False
    return bool(marks["last"] <= now - quiet or marks["first"] <= now - longest)
