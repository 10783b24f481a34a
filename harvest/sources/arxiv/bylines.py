"""Splitting a byline that a source gives as one string, as arXivRaw does."""

import re

_SUFFIX = re.compile(r"\s*(?:jr|sr|ii|iii|iv)\.?\s*", re.I)
_AND = re.compile(r",?\s+and\s+|\s+&\s+")


def split_byline(byline: str) -> list[str]:
    """The names in "A. One (X, Y), B. Two and C. Three", without the affiliations in brackets."""
    names: list[str] = []
    for part in _AND.sub(",", _without_brackets(byline)).split(","):
        name = part.strip(" ;:")
        if not name:
            continue
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]} {name}"
        else:
            names.append(name)
    return names


def in_parts(name: str) -> dict[str, str]:
    """A name that Dublin Core gives as "Family, Given" or "Family, Given, Jr", in parts where it has any."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and not _SUFFIX.fullmatch(parts[1]):
        return {"family": parts[0], "given": parts[1]}
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        return {"family": parts[0], "given": parts[1], "suffix": parts[2]}
    return {"name": name}


def _without_brackets(text: str) -> str:
    """The text outside of round brackets, which may nest; TeX braces protect what is inside of them."""
    depth = 0
    kept = []
    for letter in text:
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(letter)
    return " ".join("".join(kept).split())
