"""CSL-JSON, as Zotero, pandoc and our own exports write it: a list of items, or one item a line."""

from collections.abc import Iterator
from typing import Any

import orjson

from harvest.domain.reading import CappedStream
from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, Piece, Source, parse_object_or_line, read_whole
from harvest.sources.csl.parse import parse_item


def _pieces(text: str) -> Iterator[Piece]:
    try:
        items = orjson.loads(text)
    except orjson.JSONDecodeError:
        yield from _lines(text)
        return
    if isinstance(items, dict):
        items = items["items"] if isinstance(items.get("items"), list) else [items]
    for place, item in enumerate(items if isinstance(items, list) else [], start=1):
        yield _piece(place, item)


def _piece(place: int, item: Any) -> Piece:
    if isinstance(item, dict):
        return Piece(place, 1_000, item)
    return Piece(place, 0, None, ("not_an_object", "the item is not a JSON object"))


def _lines(text: str) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n"), start=1):
        if stripped := line.strip().removeprefix("[").removesuffix(",").removesuffix("]"):
            yield Piece(number, len(line), stripped.encode())


def _read(stream: CappedStream) -> Iterator[Piece]:
    return read_whole(stream, _pieces)


def _parse(piece: Piece) -> SourceRecord:
    return parse_object_or_line(piece, parse_item)


CSL = Source(Origin("csl", "CSL-JSON", rank=100), _read, _parse, in_pool=False)
