"""Public ids: opaque, stable, and never to be taken for OpenAlex's, which are digits after the same letters."""

from functools import lru_cache

from sqids import Sqids

LETTERS = "WAITS"

# Consonants only, so that no id spells a word and none looks like a number; no block list, since a later version's
# longer list would change ids that are already printed. Changing any of this breaks every address.
_SQIDS = Sqids(alphabet="bkfzwcqmrxjhtdvgpnls", min_length=7, blocklist=[])


@lru_cache(maxsize=131_072)
def encode(letter: str, number: int) -> str:
    """`W` and 1 make something like `Wkdmqzrt`. `number` is a positive row id."""
    return letter + _SQIDS.encode([number])


@lru_cache(maxsize=16_384)
def decode(text: str) -> tuple[str, int] | None:
    """The letter and row id of a public id; None for anything that `encode` cannot have made."""
    letter, body = text[:1], text[1:]
    if letter not in LETTERS or not letter or not 7 <= len(body) <= 20:
        return None
    numbers = _SQIDS.decode(body)
    if len(numbers) != 1 or numbers[0] >= 2**63 or _SQIDS.encode(numbers) != body:
        return None
    return letter, numbers[0]
