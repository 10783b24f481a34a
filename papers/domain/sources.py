"""Who states things of the record: what a source is called, and how far it is believed. Harvest registers them."""

from collections.abc import Iterable
from dataclasses import dataclass

LAST = 1_000


@dataclass(frozen=True, slots=True)
class Origin:
    """A source by the name that its records carry.

    Where sources disagree the lowest `rank` is believed, for abstracts the lowest `abstract_rank`: the publisher's
    register, curated anthologies, aggregators, repositories, then lists made by others. `key_schemes` are the
    identifiers that name its records, the best first; where it states none of these, the general order decides.
    """

    name: str
    label: str = ""
    rank: int = LAST
    abstract_rank: int = LAST
    key_schemes: tuple[str, ...] = ()


_origins: dict[str, Origin] = {}


def register_origins(origins: Iterable[Origin]) -> None:
    _origins.update({origin.name: origin for origin in origins})


def origin_of(name: str) -> Origin:
    """A source that nobody registered is believed last."""
    return _origins.get(name) or Origin(name)


def origins() -> tuple[Origin, ...]:
    """All that are registered, for processes that begin without them."""
    return tuple(_origins.values())


def origin_names() -> tuple[str, ...]:
    return tuple(sorted(_origins))
