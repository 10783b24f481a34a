"""Files of any state are read to where they are sound, within bounds."""

import gzip
import lzma
import random

import pytest
import zstandard

from harvest.domain import reading
from harvest.domain.json_lines import load_object
from harvest.domain.reading import Line, LineTooLong, UnreadableFile, read_lines
from harvest.domain.record import RecordError

PACKERS = {
    ".jsonl": bytes,
    ".gz": gzip.compress,
    ".xz": lambda data: lzma.compress(data, preset=0),
    ".zst": zstandard.compress,
}
PACKED = [name for name in PACKERS if name != ".jsonl"]


def written(folder, ending, data):
    path = folder / f"records{ending}"
    path.write_bytes(data)
    return path


def many_lines():
    chance = random.Random(1)  # noise that does not compress, the same each time
    return b"\n".join(b'{"number": %d, "noise": %d}' % (at, chance.getrandbits(200)) for at in range(6_000))


def collect(path, seen):
    for line in read_lines(path):
        seen.append(line)  # what came before an error is kept


@pytest.mark.parametrize("ending", PACKERS)
def test_lines_come_with_number_and_offset_from_any_packing(tmp_path, ending):
    path = written(tmp_path, ending, PACKERS[ending](b'\xef\xbb\xbf{"a": 1}\r\n\n  \n{"b": 2}'))
    assert list(read_lines(path)) == [Line(1, 0, b'{"a": 1}'), Line(4, 17, b'{"b": 2}')]


@pytest.mark.parametrize("ending", PACKERS)
def test_a_line_beyond_the_limit_is_named_and_skipped(tmp_path, ending, monkeypatch):
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 1_000_000)
    path = written(tmp_path, ending, PACKERS[ending](b"1\n" + b"x" * 3_000_000 + b"\n2"))
    first, long, last = read_lines(path)
    assert (first, last) == (Line(1, 0, b"1"), Line(3, 3_000_003, b"2"))
    assert isinstance(long, LineTooLong)
    assert long.why == "the line has 3,000,000 bytes; at most 1,000,000 are taken"


@pytest.mark.parametrize("ending", PACKED)
def test_a_truncated_file_gives_what_it_has_and_then_says_so(tmp_path, ending):
    whole = PACKERS[ending](many_lines())
    path = written(tmp_path, ending, whole[: len(whole) // 2])
    seen = []
    with pytest.raises(UnreadableFile) as caught:
        collect(path, seen)
    assert (
        str(caught.value) == f"{path.name}: cannot be read after line {len(seen):,}: the compressed data ends too early"
    )
    assert len(seen) > 1_000
    assert all(load_object(line.data) for line in seen)


@pytest.mark.parametrize("ending", PACKED)
def test_a_damaged_file_is_reported_as_damaged(tmp_path, ending):
    whole = bytearray(PACKERS[ending](many_lines()))
    middle = len(whole) // 2
    whole[middle : middle + 64] = bytes(64)
    path = written(tmp_path, ending, bytes(whole))
    with pytest.raises(UnreadableFile, match="damaged"):
        list(read_lines(path))


@pytest.mark.parametrize("ending", PACKED)
def test_a_file_that_expands_beyond_reason_is_stopped(tmp_path, ending, monkeypatch):
    monkeypatch.setattr(reading, "RATIO_APPLIES_FROM", 2**20)
    monkeypatch.setattr(reading, "MAX_RATIO", 100)
    path = written(tmp_path, ending, PACKERS[ending](b"1\n" + bytes(16 * 2**20)))
    with pytest.raises(UnreadableFile, match="expands more than 100 times"):
        list(read_lines(path))


def test_files_that_are_no_files_are_named(tmp_path):
    with pytest.raises(UnreadableFile, match="there is no such file"):
        list(read_lines(tmp_path / "absent.jsonl"))
    with pytest.raises(UnreadableFile, match="it is a folder"):
        list(read_lines(tmp_path))
    with pytest.raises(UnreadableFile, match=r"it is not a \.gz file"):
        list(read_lines(written(tmp_path, ".gz", b"hello")))
    assert list(read_lines(written(tmp_path, ".jsonl", b""))) == []


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        (b'{"a": "\xe9', "bad_encoding", "byte 8 (0xe9) is not UTF-8"),
        (b'{"a": 1', "bad_json", "it is not valid JSON"),
        (b"[1]", "not_an_object", "it is not a JSON object"),
        (b"[" * 100_000, "bad_json", "it is not valid JSON"),
    ],
)
def test_a_line_that_is_no_object_is_rejected_with_a_sentence(data, code, sentence):
    with pytest.raises(RecordError) as caught:
        load_object(data)
    assert caught.value.code == code
    assert sentence in caught.value.message
