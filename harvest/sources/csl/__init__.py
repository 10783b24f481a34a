"""CSL-JSON, as Zotero, pandoc and our own exports write it: a list of items, or one item a line."""

from collections.abc import Iterator
from typing import Any

import orjson

from harvest.domain.reading import CappedStream
from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, parse_object_or_line, read_whole
from harvest.sources.csl.parse import parse_item


def _pieces(text: str) -> Iterator[RawRecord]:
    try:
        items = orjson.loads(text)
    except orjson.JSONDecodeError:
        yield from _lines(text)
        return
    if isinstance(items, dict):
        items = items["items"] if isinstance(items.get("items"), list) else [items]
    for place, item in enumerate(items if isinstance(items, list) else [], start=1):
        yield _raw(place, item)


def _raw(index: int, item: Any) -> RawRecord:
    if isinstance(item, dict):
        return RawRecord(index, 1_000, item)
    return RawRecord(index, 0, None, ("not_an_object", "the item is not a JSON object"))


def _lines(text: str) -> Iterator[RawRecord]:
    for number, line in enumerate(text.split("\n"), start=1):
        if stripped := line.strip().removeprefix("[").removesuffix(",").removesuffix("]"):
            yield RawRecord(number, len(line), stripped.encode())


def _read(stream: CappedStream) -> Iterator[RawRecord]:
    return read_whole(stream, _pieces)


def _parse(raw: RawRecord) -> SourceRecord:
    return parse_object_or_line(raw, parse_item)


CSL = Source(Origin("csl", "CSL-JSON", rank=100), _read, _parse, in_pool=False)
