"""Links written: of every mention why it stands where it does, and where else it may belong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import orjson
from django.db import connection, transaction

from identity.domain.engine import Resolution
from identity.domain.links import Reason
from identity.domain.reasons import Fact
from identity.domain.rules import Rule, Zone
from identity.models import MOST_EVIDENCE, IdentityRun
from identity.services.reading import Record

AT_ONCE = 5_000

type Row = tuple[int, int, str, str, float | None, str]

_CLEAR = "DELETE FROM identity_identitylink WHERE authorship_id = ANY(%s)"
# An author is named as the record has it now; a suggestion for somebody who is on the byline already is none.
_WRITE = """
INSERT INTO identity_identitylink (authorship_id, author_id, zone, rule, probability, evidence, model, run_id, at)
SELECT w.id, CASE WHEN w.zone = 'ask' THEN w.author ELSE s.author_id END, w.zone, w.rule, w.probability,
       w.evidence::jsonb, %s, %s, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::float8[], %s::text[])
     AS w(id, author, zone, rule, probability, evidence)
JOIN papers_authorship s ON s.id = w.id
WHERE w.zone <> 'ask' OR NOT EXISTS (
    SELECT FROM papers_authorship o WHERE o.paper_id = s.paper_id AND o.author_id = w.author)
ON CONFLICT DO NOTHING
"""


def write_links(
    *,
    record: Record,
    found: Resolution,
    reasons: Sequence[Reason],
    authors: Mapping[int, int],
    run: IdentityRun,
    fixed: Mapping[int, int],
    marked: set[str] | None,
    now: datetime,
    on_progress: Callable[[int, int], None],
) -> int:
    """Replace the links of all mentions, or of those in marked blocks; returns how many rows."""
    by_atom: dict[int, list[Reason]] = defaultdict(list)
    for reason in reasons:
        by_atom[reason.atom].append(reason)
    names = _names_of_keys(record)
    corpus = record.corpus
    chosen = [
        mention
        for mention in range(len(record.printed))
        if marked is None or corpus.names[int(corpus.name_of[mention])].block in marked
    ]
    written = 0
    for start in range(0, len(chosen), AT_ONCE):
        part = chosen[start : start + AT_ONCE]
        rows = [
            row for m in part for row in _rows(record, m, by_atom[int(found.atoms.label[m])], authors, names, fixed)
        ]
        written += _store([int(record.authorship[m]) for m in part], rows, run, now)
        on_progress(start + len(part), len(chosen))
    return written


@transaction.atomic
def _store(authorships: list[int], rows: Sequence[Row], run: IdentityRun, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, [authorships])
        cursor.execute(_WRITE, [run.model, run.pk, now, *[list(column) for column in zip(*rows, strict=True)]])
        return int(cursor.rowcount)


def _rows(
    record: Record,
    mention: int,
    reasons: Sequence[Reason],
    authors: Mapping[int, int],
    names: Mapping[str, str],
    fixed: Mapping[int, int],
) -> Iterator[Row]:
    row_id, whose = int(record.authorship[mention]), int(record.author[mention])
    for reason in reasons:
        target = authors.get(reason.person, whose)
        if reason.zone is Zone.ASK:
            if target != whose and mention not in fixed:
                yield row_id, target, "ask", reason.rule, reason.chance, encoded_facts(reason.facts, names)
            continue
        if mention in fixed:
            yield row_id, target, "link", Rule.PERSON, None, "[]"
        elif mention in record.corpus.ids:
            yield row_id, target, "link", Rule.IDENTIFIER, None, _ids(record.corpus.ids[mention])
        else:
            yield row_id, target, reason.zone, reason.rule, reason.chance, encoded_facts(reason.facts, names)


def _ids(ids: Sequence[str]) -> str:
    schemes = sorted({one.partition(":")[0] for one in ids})
    return orjson.dumps([["same id", 1, *schemes[:3]]]).decode()


def encoded_facts(facts: Sequence[Fact], names: Mapping[str, str]) -> str:
    """Facts as a link keeps them, with co-authors as they are printed; what is too long loses its last facts."""
    rows = [
        [*fact.encoded()[:2], *(names.get(v, v)[:60] if isinstance(v, str) else v for v in fact.values)]
        for fact in facts
    ]
    while len(text := orjson.dumps(rows).decode()) > MOST_EVIDENCE:
        rows.pop()
    return text


def _names_of_keys(record: Record) -> dict[str, str]:
    """How the people of each block key are printed most often."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for key, printed in zip(record.corpus.key_of.tolist(), record.printed, strict=True):
        counts[key][printed] += 1
    keys = list(record.corpus.keys)
    return {keys[key]: min(c.items(), key=lambda pair: (-pair[1], pair[0]))[0] for key, c in counts.items()}
