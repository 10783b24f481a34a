"""Titles and abstracts that hang together: theme, approach and results of one field."""

import re
from collections.abc import Callable

from harvest.demo.dice import Dice
from harvest.demo.vocabulary import Approach, Field, Theme

SHORTEST, LONGEST = 700, 1400

_FEW = ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MANY = ("120", "180", "240", "320", "450", "600", "900", "1,200", "1,400", "2,500", "4,000")
_FACTORS = ("two", "three", "four", "five", "1.5", "1.8", "2.5", "3.2")

NUMBERS: dict[str, Callable[[Dice], str]] = {
    "{few}": lambda dice: dice.pick(_FEW),
    "{many}": lambda dice: dice.pick(_MANY),
    "{factor}": lambda dice: dice.pick(_FACTORS),
    "{percent}": lambda dice: str(dice.between(7, 48)),
    "{small}": lambda dice: str(dice.between(2, 9)),
}
_SLOT = re.compile("|".join(re.escape(slot) for slot in NUMBERS))

_TITLES = (
    ("{Approach} for {subject}", 2.0),
    ("{Approach} for {subject} {setting}", 6.0),
    ("{Subject} {setting}", 4.0),
    ("{Subject} {setting}: the case for {approach}", 4.0),
    ("{Subject} by {approach} {setting}", 3.0),
    ("On {subject} {setting}", 3.0),
    ("What {approach} can tell us about {subject}", 1.5),
    ("Limits of {approach} for {subject} {setting}", 2.0),
    ("Towards {approach} for {subject} {setting}", 2.0),
    ("Revisiting {subject} {setting}", 2.5),
    ("{Approach} and {subject} {setting}", 2.0),
    ("A comparative study of {subject} {setting}", 2.0),
    ("How well does {approach} explain {subject}?", 1.0),
    ("A note on {subject} and {approach} {setting}", 1.5),
    ("Lessons from {approach} for {subject} {setting}", 2.0),
)
_PLURAL_HEAD = re.compile(
    r"(models|methods|filters|integrators|grammars|objectives|transducers|simulations|priors|experiments|elements|dynamics)\b"
)
_REVIEWS = (
    "{Subject}: a review",
    "{Subject}: what {years} years have taught us",
    "A survey of work on {subject} {setting}",
    "{Subject} {setting}: a critical review",
    "Open problems: {subject} {setting}",
)
_DATASETS = (
    "A data set for {subject} {setting}",
    "An open collection of measurements for {subject} {setting}",
)


def capitalised(text: str) -> str:
    """The text with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


def title(dice: Dice, *, field: Field, theme: Theme, approach: Approach, kind: str) -> str:
    """A title in sentence case for a paper of that kind."""
    if kind == "review":
        pattern = dice.pick(_REVIEWS)
    elif kind == "dataset":
        pattern = dice.pick(_DATASETS)
    else:
        pattern = dice.weighted([text for text, _ in _TITLES], [weight for _, weight in _TITLES])
    if "does {approach}" in pattern and _PLURAL_HEAD.search(approach.name):
        pattern = pattern.replace("does", "do")
    return pattern.format(
        Subject=capitalised(theme.subject),
        subject=theme.subject,
        Approach=capitalised(approach.name),
        approach=approach.name,
        setting=dice.pick(field.settings),
        years=dice.pick(("ten", "fifteen", "twenty", "thirty")),
    )


def abstract(dice: Dice, *, field: Field, theme: Theme, approach: Approach) -> str:
    """An abstract of 700 to 1,400 characters; about three in four hold TeX between $ signs."""
    parts = _parts(dice, field=field, theme=theme, approach=approach)
    wanted = dice.between(SHORTEST + 40, LONGEST - 150)
    chosen = dict.fromkeys(("context", "difficulty", "does", "result"), 1)
    order = ["detail", "check", "closing"] if dice.chance(0.75) else ["check", "closing"]
    order += dice.sample(("context", "result", "difficulty", "check", "detail", "closing"), 6)
    for name in order:
        if _length(parts, chosen) >= wanted:
            break
        chosen[name] = min(len(parts[name]), chosen.get(name, 0) + 1)
    return _assembled(dice, parts, chosen)


def _parts(dice: Dice, *, field: Field, theme: Theme, approach: Approach) -> dict[str, list[str]]:
    does = approach.does.replace("{subject}", theme.subject)
    sentences = {
        "context": dice.sample(theme.context, 2),
        "difficulty": dice.sample(theme.difficulty, 2),
        "does": [does],
        "detail": dice.sample(approach.details, 2),
        "result": dice.sample(field.results, 2),
        "check": dice.sample(field.checks, 2),
        "closing": dice.sample(field.closings, 2),
    }
    return {
        name: [_SLOT.sub(lambda slot: NUMBERS[slot.group()](dice), text) for text in texts]
        for name, texts in sentences.items()
    }


def _length(parts: dict[str, list[str]], chosen: dict[str, int]) -> int:
    return sum(len(text) + 1 for name in chosen for text in parts[name][: chosen[name]])


def _assembled(dice: Dice, parts: dict[str, list[str]], chosen: dict[str, int]) -> str:
    sentences: list[str] = []
    for name, texts in parts.items():
        for place, text in enumerate(texts[: chosen.get(name, 0)]):
            sentences.append(_linked(dice, name, place, text))
    while sum(map(len, sentences)) + len(sentences) > LONGEST:
        sentences.pop()
    return " ".join(sentences)


def _linked(dice: Dice, name: str, index: int, text: str) -> str:
    """The sentence, sometimes with a word that ties it to the one before."""
    link = ""
    if name == "difficulty" and index == 0 and ", but " not in text and dice.chance(0.35):
        link = "However, "
    elif name == "result" and index == 1 and not text.startswith(("The ", "In a")):
        link = "Moreover, "
    if link and not text.split()[0].isupper():
        return link + text[0].lower() + text[1:]
    return text
