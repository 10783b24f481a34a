"""Which records an engine must hardly touch: apps above say so (an owner, followers), each by one function."""

from collections.abc import Callable, Collection

type Weighty = Callable[[Collection[int]], Collection[int]]

_PROVIDERS: list[Weighty] = []


def register_weighty(provider: Weighty) -> None:
    """`provider` is given author ids and returns those that somebody owns or follows."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def weighty_among(author_ids: Collection[int]) -> set[int]:
    """The authors with an owner or followers among these."""
    return {pk for provider in _PROVIDERS for pk in provider(author_ids)}
