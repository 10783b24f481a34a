"""The record format: JSON Lines in which every other source is expressed."""

from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, line_of, read_lines
from harvest.sources.records.parse import parse_work


def _parse(raw: RawRecord) -> SourceRecord:
    return parse_work(line_of(raw))


RECORDS = Source(
    Origin("records", rank=50),
    read_lines,
    _parse,
    others=(
        Origin("acl", "ACL Anthology", rank=20, abstract_rank=20, key_schemes=("acl",)),
        Origin("paperlists", "paperlists", rank=60),
        Origin("paperscape", "Paperscape", rank=70, key_schemes=("arxiv",)),
        Origin("demo"),
    ),
)
