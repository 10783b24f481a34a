"""Parsed records encoded for the way between processes.

Works are encoded by msgspec from their dataclasses as they are, half the price of pickling. Both ends are processes of
one import, so no version is written down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from harvest.domain.raw_records import Parsed
from harvest.domain.record import SourceRecord, WorkRecord

type _Plain = tuple[int, WorkRecord | int | None, tuple[str, str] | None, str]

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[_Plain])


@dataclass(frozen=True, slots=True)
class EncodedChunk:
    """An encoded chunk: the works as bytes, and the other records, which are few, as they are."""

    works: bytes
    others: list[SourceRecord]


def encode(chunk: Iterable[Parsed]) -> EncodedChunk:
    """A chunk for another process; `decode` gives equal objects there."""
    others: list[SourceRecord] = []
    plain: list[_Plain] = []
    for one in chunk:
        record: WorkRecord | int | None
        if one.record is None or isinstance(one.record, WorkRecord):
            record = one.record
        else:
            others.append(one.record)
            record = len(others) - 1
        plain.append((one.line, record, one.fault, one.excerpt))
    return EncodedChunk(_encoder.encode(plain), others)


def decode(encoded: EncodedChunk) -> Iterator[Parsed]:
    """What was encoded, in order."""
    for line, record, fault, excerpt in _decoder.decode(encoded.works):
        yield Parsed(line, encoded.others[record] if isinstance(record, int) else record, fault, excerpt)
