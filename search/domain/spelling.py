"""Words that are one or two typing errors apart."""

from zlib import crc32

FEWEST_LETTERS = 3  # of a word in which an error is looked for
FEWEST_FOR_TWO = 8  # of one in which two are


def deletions(word: str) -> list[int]:
    """Hashes of the word and of all that is left of it without one letter; two words one error apart share one."""
    return sorted({_hash(word), *(_hash(word[:at] + word[at + 1 :]) for at in range(len(word)))})


def errors_allowed(word: str) -> int:
    """How many typing errors a word of this length may have: 0, 1 or 2. Digits are never taken for errors."""
    if len(word) < FEWEST_LETTERS or not word.isalpha():
        return 0
    return 2 if len(word) >= FEWEST_FOR_TWO else 1


def errors_between(a: str, b: str, *, most: int) -> int:
    """Letters put in, left out or changed, and neighbours exchanged; `most` + 1 for more than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if last and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def _hash(text: str) -> int:
    return crc32(text.encode()) - 2**31
