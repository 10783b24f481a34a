"""Running the definitions of metrics.sql for a scope, inside the caller's transaction."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from metrics.formulas import FORMULAS
from metrics.services.refresh.scope import Scope

_MAKES = re.compile(r"\s*CREATE TEMP TABLE (\w+)")
# Each hash and sort may take twice this (hash_mem_multiplier); a worker has a handful of them at once.
WORK_MEMORY = "96MB"
# Of temporary tables the planner needs sizes, not histograms. Compiling takes longer than these statements gain. A dead worker's statement ends instead of holding its rows.
# Neighbours are computed here while the transaction idles.
SESSION = f"""
SET LOCAL work_mem = '{WORK_MEMORY}';
SET LOCAL jit = off;
SET LOCAL default_statistics_target = 10;
SET LOCAL statement_timeout = '10min';
SET LOCAL lock_timeout = '120s';
SET LOCAL idle_in_transaction_session_timeout = '15min';
SET LOCAL client_connection_check_interval = '2s';
"""

# Rows keep the versions as numbers in this order: a name that is new goes to the end, none is taken away.
PAPER_FORMULAS = (
    "shown_citations",
    "self_citations",
    "field_weighted_impact",
    "citation_percentile",
    "novelty_distance",
    "novelty",
    "counted_citations",
)
AUTHOR_FORMULAS = (
    "citations_all",
    "citations_5y",
    "citations_per_year",
    "papers_per_year",
    "self_citations",
    "h_index",
    "g_index",
    "i10_index",
    "h_index_5y",
    "m_quotient",
    "mean_citedness_2y",
    "field_weighted_impact",
    "author_mean",
    "close_collaborators",
    "tie_strength",
    "verification_level",
    "trust",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """`now` is written as computed-at; `as_of` is the day that formulas take for today."""

    now: datetime
    as_of: date

    @classmethod
    def at(cls, now: datetime) -> "Moment":
        return cls(now=now, as_of=now.date())

    @property
    def params(self) -> dict[str, Any]:
        return {
            "now": self.now,
            "year": self.as_of.year,
            "month": self.as_of.replace(day=1),
            "paper_versions": versions_of(PAPER_FORMULAS),
            "author_versions": versions_of(AUTHOR_FORMULAS),
        }


def formulas_in_force() -> str:
    """A name for the versions of all formulas together; another one after any of them changed."""
    identifiers = " ".join(sorted(each.identifier for each in FORMULAS.values()))
    return hashlib.blake2b(identifiers.encode(), digest_size=16).hexdigest()


def versions_of(names: Sequence[str]) -> list[int]:
    """Which version of each formula is in force, in the order of the names."""
    return [FORMULAS[name].version for name in names]


def prepare_session() -> None:
    """Limits and memory of a computation, until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a computation runs inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(SESSION)


def run_statements(statements: Sequence[str], scope: Scope, moment: Moment, **more: object) -> int:
    """Run statements in order; returns how many rows of lasting tables they wrote. Temporary tables are made anew."""
    params = {**moment.params, **scope.params, **more}
    written = 0
    with connection.cursor() as cursor:
        for statement in statements:
            made = _MAKES.match(statement)
            if made:
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{made[1]}")
            cursor.execute(statement.format(ids=scope), params)
            if made:
                cursor.execute(f"ANALYZE pg_temp.{made[1]}")
            else:
                written += max(cursor.rowcount, 0)
    return written
