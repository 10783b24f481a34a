"""A toy source: one work a line, its number, its title, its author, its date and a class of its own, between tabs."""

from harvest.domain.build import build_work
from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, line_of, read_lines


def _parse(piece: RawRecord) -> SourceRecord:
    number, title, author, day, code = line_of(piece).decode().split("\t")
    mapping = {
        "ids": {"local": f"toy:{number}"},
        "title": title,
        "authors": [{"name": author}],
        "published": day,
        "categories": [{"scheme": "toy", "code": code}],
    }
    return build_work(mapping, source=TOY.name)


TOY = Source(Origin("toy", "Toy catalogue", rank=5, key_schemes=("local",)), read_lines, _parse)
