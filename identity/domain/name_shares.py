"""How large a share of all people is called by a name: a table that ships with the project, for names on arrival.

An arriving name is compared with nothing yet, and a portal that begins has no names to count. So how often family and
given names are borne, and which go with which (`cultures`), was counted once. What is not in the table is rare.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass

from papers.domain.names import NameKeys

MIDDLE_INITIAL = 0.1  # how many of those who bear a name have one given middle initial, about
MIDDLE_NAME = 0.03
COMMON = 0.1  # people likely to bear a name, from which it is common
FORM = "names@1"

type Row = Sequence[float]


class UnreadableShares(Exception):
    """The bytes are no table of names, or one of another form."""


@dataclass(frozen=True, slots=True)
class NameShares:
    """`families`: the share of people with it, then of each kind of name in it; `givens` and `letters`: how often each
    kind has a given name, or one that begins so."""

    families: dict[str, tuple[float, Row]]
    givens: dict[str, Row]
    letters: dict[str, Row]

    def of(self, name: NameKeys) -> float:
        """The share of people who are called so in full; 0.0 where the table does not know it."""
        given = name.key.split()[: len(name.initials)]
        full = [token for token in given if len(token) > 1]
        family = self.families.get(name.family_key.replace(" ", ""))
        if family is None or not full:
            return 0.0
        share = max(_product(family[1], self.givens.get(form)) for form in (full[0], "".join(full)))
        for token in given[1:]:
            share *= MIDDLE_INITIAL if len(token) == 1 else MIDDLE_NAME
        return family[0] * share

    def of_initial(self, block: tuple[str, str]) -> float:
        """The share of people of a family (as a key) with a given name of this first letter."""
        family = self.families.get(block[0].replace(" ", ""))
        return 0.0 if family is None else family[0] * _product(family[1], self.letters.get(block[1]))

    def to_bytes(self) -> bytes:
        """The whole table; equal tables have equal bytes."""
        whole = {"form": FORM, "families": self.families, "givens": self.givens, "letters": self.letters}
        return lzma.compress(json.dumps(whole, sort_keys=True).encode(), preset=9)

    @classmethod
    def from_bytes(cls, content: bytes) -> NameShares:
        """A table from `to_bytes`; raises UnreadableShares."""
        try:
            whole = json.loads(lzma.decompress(content))
            if whole["form"] != FORM:
                raise UnreadableShares(f"a table of the form {whole['form']}, not of {FORM}")
            families = {family: (float(share), kinds) for family, (share, kinds) in whole["families"].items()}
            return cls(families, whole["givens"], whole["letters"])
        except (lzma.LZMAError, EOFError, ValueError, KeyError, TypeError) as fault:
            raise UnreadableShares(str(fault)) from fault


def _product(a: Row, b: Row | None) -> float:
    return 0.0 if b is None else sum(x * y for x, y in zip(a, b, strict=True))
