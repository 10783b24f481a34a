"""Which name an owner may be called by: one that goes on from a name the record is known by."""

from collections.abc import Iterable

from anyascii import anyascii

from papers.domain.names import name_words


def goes_on_from(name: str, known_names: Iterable[str]) -> bool:
    """Whether `name` shares a whole word with one of these.

    Somebody who marries keeps the given name, somebody who takes a new given name the family name; a name that
    shares neither is another person's, as far as a form can tell.
    """
    words = _whole_words(name)
    return any(words & _whole_words(known) for known in known_names)


def _whole_words(name: str) -> frozenset[str]:
    return frozenset(word for word in name_words(anyascii(name)) if len(word) > 1)
