"""Lines of the record format."""

import pytest

from harvest.domain.record import RecordError
from harvest.sources.records.parse import parse_work


def test_a_line_becomes_a_record():
    record = parse_work(b'{"ids": {"acl": "P03-1001"}, "title": "Translation of words", "source": "acl"}')
    assert (record.source, record.source_key, record.title) == ("acl", "acl:P03-1001", "Translation of words")


def test_broken_json_is_rejected():
    with pytest.raises(RecordError, match="not valid JSON"):
        parse_work(b'{"ids": {"acl": ')
