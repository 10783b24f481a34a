"""XML is read record by record, without entities and within bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvest.domain.reading import UnreadableFile
from harvest.domain.xml import BrokenXml, XmlRecord, _cut, local_name, read_records, text_of


def written(folder, text):
    path = folder / "page.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_records_come_with_their_lines(tmp_path):
    records = list(read_records(written(tmp_path, "<l>\n<record><a>1</a></record>\n\n<record>\n<a>2</a></record></l>")))
    assert [(one.line, text_of(one.element).strip()) for one in records] == [(2, "1"), (4, "2")]
    assert local_name(records[0].element) == "record"


def test_a_broken_record_is_named_and_the_others_are_read(tmp_path):
    page = "<l><record>1</record>\n<record><a>2</b></record>\n<record>never ends\n<record>4</record><record>5"
    found = list(read_records(written(tmp_path, page)))
    assert [type(one) for one in found] == [XmlRecord, BrokenXml, BrokenXml, XmlRecord, BrokenXml]
    assert found[1].why.startswith("the XML is not well-formed in line 2: Opening and ending tag mismatch")
    assert [one.line for one in found] == [1, 2, 3, 4, 4]


@pytest.mark.parametrize("start", ['<!DOCTYPE l [<!ENTITY a "aaaa">]>', '<!doctype l SYSTEM "file:///etc/passwd">'])
def test_a_file_with_entities_is_refused(tmp_path, start):
    with pytest.raises(UnreadableFile, match="declares a document type or entities"):
        list(read_records(written(tmp_path, f"{start}<l><record>&a;</record></l>")))


def test_an_unknown_entity_breaks_only_its_record(tmp_path):
    found = list(read_records(written(tmp_path, "<l><record>&boom;</record><record>x</record></l>")))
    assert [type(one) for one in found] == [BrokenXml, XmlRecord]


def test_a_hundred_thousand_levels_are_not_built(tmp_path):
    deep = "<record>" + "<a>" * 100_000 + "</a>" * 100_000 + "</record>"
    found = list(read_records(written(tmp_path, f"<l>{deep}<record>x</record></l>")))
    assert found[0] == BrokenXml(1, "too_deep", "the record nests more than 64 levels")
    assert isinstance(found[1], XmlRecord)


def test_a_file_without_records_says_so(tmp_path):
    assert [one.code for one in read_records(written(tmp_path, "<a>" * 100_000))] == ["no_records"]


def test_prefixes_declared_outside_of_the_record_are_known(tmp_path):
    page = '<l xmlns:dc="http://purl.org/dc/elements/1.1/"><record><dc:title>x</dc:title></record></l>'
    (record,) = read_records(written(tmp_path, page))
    assert text_of(record.element) == "x"


@given(st.binary(max_size=60), st.integers(1, 20))
def test_cutting_in_pieces_finds_what_cutting_at_once_finds(noise, size):
    text = b"<l>\n<record>" + noise.replace(b"<", b"") + b"</record>\n<record a='1'>2</record></l>"
    found, buffer, line = [], b"", 1
    for at in range(0, len(text), size):
        buffer, line, more = _cut(buffer + text[at : at + size], line, ended=at + size >= len(text))
        found += more
    assert found == _cut(text, 1, ended=True)[2]


def test_an_encoding_that_does_not_exist_costs_no_record(tmp_path):
    page = '<?xml version="1.0" encoding="TF-8"?><l><record>é</record></l>'.encode()
    (record,) = read_records(written(tmp_path, page))
    assert text_of(record.element) == "é"
    (broken,) = read_records(written(tmp_path, page.replace("é".encode(), b"\xe9")))
    assert isinstance(broken, BrokenXml)
