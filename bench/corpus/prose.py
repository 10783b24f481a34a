"""Words, sentences, titles and abstracts in bulk, with a vocabulary that thins out as in real text."""

import re

import numpy as np

from bench.corpus.sampling import Ints
from harvest.demo.fields import FIELDS

_SENTENCES = 40_000
_RARE_WORDS = 12_000
_FORMULA_SHARE = 0.068
_SYLLABLES = (
    "ba be bi bo ca ce ci co da de di do fa fe fi ga ge gi go la le li lo lu ma me mi mo mu na ne"
    " ni no pa pe pi po qua ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo xa ze zi"
).split()
_TAILS = ("tion", "ment", "al", "ic", "ous", "ity", "ing", "er", "ism", "oid", "ance", "ive")
_SMALL = ("the", "of", "and", "in", "a", "to", "for", "with", "that", "is", "on", "by", "we", "as", "from")


def vocabulary(rng: np.random.Generator) -> list[str]:
    """Words by falling frequency: those of the demo corpus first, made-up ones after them."""
    text = " ".join(
        sentence for field in FIELDS for theme in field.themes for sentence in theme.context + theme.difficulty
    )
    real = [word for word in dict.fromkeys(re.findall(r"[a-z]{4,}", text.lower())) if word not in _SMALL]
    rng.shuffle(real)
    made: dict[str, None] = {}
    while len(made) < _RARE_WORDS:
        parts = rng.integers(0, len(_SYLLABLES), int(rng.integers(2, 4)))
        word = "".join(_SYLLABLES[part] for part in parts) + _TAILS[int(rng.integers(0, len(_TAILS)))]
        made[word] = None
    return [*real, *made]


def word_draws(rng: np.random.Generator, words: int, size: tuple[int, int]) -> Ints:
    """Ranks of words, drawn by a law close to Zipf's."""
    weights = 1.0 / (np.arange(words) + 12.0)
    steps = np.cumsum(weights)
    ranks: Ints = np.searchsorted(steps, rng.random(size) * steps[-1])
    return ranks


def sentences(rng: np.random.Generator, words: list[str]) -> list[str]:
    """A pool of sentences of about 125 characters; one in fifteen holds a formula."""
    draws = word_draws(rng, len(words), (_SENTENCES, 12)).tolist()
    small = rng.integers(0, len(_SMALL), (_SENTENCES, 12)).tolist()
    lengths = rng.integers(9, 13, _SENTENCES).tolist()
    with_formula = (rng.random(_SENTENCES) < _FORMULA_SHARE).tolist()
    pool = []
    for number in range(_SENTENCES):
        parts = []
        for place in range(lengths[number]):
            if place % 3:
                parts.append(_SMALL[small[number][place]])
            parts.append(words[draws[number][place]])
        if with_formula[number]:
            parts.append(_formula(number))
        text = " ".join(parts)
        pool.append(text[0].upper() + text[1:] + ".")
    return pool


def _formula(number: int) -> str:
    letter = "abcdfghkmnpqrstuvwxyz"[number % 21]
    shapes = (
        f"$O({letter}^{{{number % 7 + 2}}} \\log {letter})$",
        f"${letter}_{{{number % 9}}} \\le \\frac{{1}}{{{number % 90 + 2}}}$",
        f"$\\alpha_{{{letter}}} = {number % 50}.{number % 10}$",
        f"$\\|{letter}\\|_2^2 \\approx 10^{{-{number % 12}}}$",
    )
    return shapes[number % 4]


def titles(rng: np.random.Generator, words: list[str], number: int) -> list[str]:
    """Titles of seven words and about 70 characters; made-up words keep them apart."""
    draws = word_draws(rng, len(words), (number, 7)).tolist()
    small = rng.integers(0, len(_SMALL), (number, 2)).tolist()
    found = []
    for row, (one, two) in zip(draws, small, strict=True):
        chosen = [words[rank] for rank in row]
        text = " ".join([*chosen[:3], _SMALL[one], *chosen[3:5], _SMALL[two], *chosen[5:]])
        found.append(text[0].upper() + text[1:])
    return found
