"""Which ids a computation is for. It is the only difference between an incremental and a full refresh."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Range:
    """Every id from `low` to `high`, both included."""

    low: int
    high: int

    def __format__(self, column: str) -> str:
        """The condition that `column` (an expression of ours) is in scope: `{ids:column}` in a statement."""
        return f"{column} BETWEEN %(low)s AND %(high)s"

    @property
    def params(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high}

    @property
    def is_empty(self) -> bool:
        return self.high < self.low


@dataclass(frozen=True, slots=True)
class Ids:
    """These ids and no others."""

    ids: tuple[int, ...]

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Ids":
        return cls(tuple(sorted(set(ids))))

    def __format__(self, column: str) -> str:
        """The condition that `column` (an expression of ours) is in scope: `{ids:column}` in a statement."""
        return f"{column} = ANY(%(ids)s::bigint[])"

    @property
    def params(self) -> dict[str, Any]:
        return {"ids": list(self.ids)}

    @property
    def is_empty(self) -> bool:
        return not self.ids


type Scope = Range | Ids
