"""The record format: JSON Lines in which every other source is expressed."""

from harvest.domain.build import build_work
from harvest.domain.json_lines import load_object
from harvest.domain.record import WorkRecord


def parse_work(line: bytes) -> WorkRecord:
    """One line of a record-format file; raises RecordError when it cannot be taken."""
    return build_work(load_object(line))
