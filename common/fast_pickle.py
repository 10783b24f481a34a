"""Small values that travel between processes in large numbers."""


class FastPickled:
    """A base for frozen dataclasses with slots: pickled as their class and values.

    What `dataclass(slots=True, frozen=True)` adds for pickling looks up the fields anew for every object, which costs an
    import more than the parsing of some files.
    """

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__slots__])
