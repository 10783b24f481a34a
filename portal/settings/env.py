"""Settings from the environment, typed, each with the number of the system check that guards it.

A value that cannot be read becomes its default and a problem; `portal.checks` turns problems into numbered
errors, so that one start shows all of them with names instead of a traceback for the first.
"""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its check, the default as the documentation prints it, what it is for."""

    name: str
    check: str
    default: str
    meaning: str


VARIABLES: dict[str, Variable] = {}
PROBLEMS: list[tuple[str, str]] = []


def text(name: str, *, check: str, meaning: str, default: str = "") -> str:
    """The variable as it is; `default` when it is unset or empty."""
    VARIABLES[name] = Variable(name, check, default, meaning)
    return os.environ.get(name) or default


def number(name: str, *, check: str, meaning: str, default: int, least: int, most: int) -> int:
    """A whole number between `least` and `most`; a problem and the default otherwise."""
    raw = text(name, check=check, meaning=meaning, default=str(default))
    try:
        value = int(raw)
    except ValueError:
        value = least - 1
    if least <= value <= most:
        return value
    PROBLEMS.append((check, f"{name} is {raw!r}: it has to be a whole number from {least} to {most}."))
    return default


def flag(name: str, *, check: str, meaning: str, default: bool = False) -> bool:
    """1, true, yes, on or 0, false, no, off; a problem and the default otherwise."""
    raw = text(name, check=check, meaning=meaning, default=str(int(default))).lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw not in {"0", "false", "no", "off"}:
        PROBLEMS.append((check, f"{name} is {raw!r}: it has to be 1 or 0."))
        return default
    return False


def choice(name: str, *, check: str, meaning: str, default: str, among: tuple[str, ...]) -> str:
    """One of a few words; a problem and the default otherwise."""
    raw = text(name, check=check, meaning=meaning, default=default)
    if raw in among:
        return raw
    PROBLEMS.append((check, f"{name} is {raw!r}: it has to be one of {', '.join(among)}."))
    return default


def listing(name: str, *, check: str, meaning: str) -> list[str]:
    """Parts between commas, without blanks and empty parts."""
    return [part.strip() for part in text(name, check=check, meaning=meaning).split(",") if part.strip()]
