"""Reading XML records safely: no entities, no network, bounded depth and size, one record at a time.

A file that is well-formed as a whole gives its records in order. Where it is not, the parser's own
recovery is not trusted (it drops text without a word): records are cut out at their tags instead and
each is parsed for itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from harvest.domain.reading import CappedStream, UnreadableFile, open_stream

MAX_DEPTH = 64  # OAI records nest about 8 deep
MAX_RECORD_BYTES = 8 * 2**20  # as for a line: 5,000 authors with affiliations

_OPEN = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?record(?=[\s>])")
_CLOSE = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?record\s*>")
_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")
_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class XmlRecord:
    """A `<record>` element and the line on which it starts."""

    line: int
    element: etree._Element


@dataclass(frozen=True, slots=True)
class BrokenXml:
    """A record that could not be read, with the line on which it starts and a sentence."""

    line: int
    code: str
    why: str


def read_records(path: Path) -> Iterator[XmlRecord | BrokenXml]:
    """The `<record>` elements of a file, broken ones as `BrokenXml` in their places.

    Raises UnreadableFile after all that could be read, and for a file that declares entities.
    """
    with open_stream(path) as stream:
        yield from records_of(stream)


def records_of(stream: CappedStream) -> Iterator[XmlRecord | BrokenXml]:
    """The records of an open stream, see `read_records`."""
    buffer = b""
    line = 1
    head = b""
    damage: UnreadableFile | None = None
    ended = any_found = False
    while not ended:
        try:
            chunk = stream.read(_CHUNK)
        except UnreadableFile as problem:
            chunk, damage = b"", problem
        ended = not chunk
        buffer += chunk
        if not head and len(buffer) >= 4:
            head = _checked_head(stream, buffer)
        buffer, line, found = _cut(buffer, line, ended=ended)
        stream.line = line
        any_found = any_found or bool(found)
        for at, data in found:
            yield _parsed(at, data, head)
    if damage is not None:
        raise UnreadableFile(damage.path, line, damage.why)
    if not any_found and stream.given:
        yield BrokenXml(1, "no_records", "the file holds no <record> element")


def _checked_head(stream: CappedStream, start: bytes) -> bytes:
    """The encoding that the file declares, UTF-8 for one that does not exist; entities and UTF-16 are refused."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(stream.path, 1, "it is UTF-16; only UTF-8 and one-byte encodings are taken")
    if _ENTITIES.search(start[:4096]):
        raise UnreadableFile(stream.path, 1, "it declares a document type or entities, which are not taken")
    declared = _DECLARED_ENCODING.search(start[:200])
    return declared[1] if declared and _is_known(declared[1]) else b"UTF-8"


def _is_known(encoding: bytes) -> bool:
    try:
        etree.XMLParser(encoding=encoding.decode("ascii"))
    except LookupError:
        return False
    return True


def _cut(buffer: bytes, line: int, *, ended: bool) -> tuple[bytes, int, list[tuple[int, bytes | None]]]:
    """Cut whole records off the buffer; None stands for one that is too long or does not end."""
    found: list[tuple[int, bytes | None]] = []
    done = 0
    while (start := _OPEN.search(buffer, done)) is not None:
        end = _CLOSE.search(buffer, start.end())
        again = _OPEN.search(buffer, start.end(), end.start() if end else len(buffer))
        line += buffer.count(b"\n", done, start.start())
        if again is not None:  # the next record starts before this one ends
            found.append((line, None))
            done = again.start()
            line += buffer.count(b"\n", start.start(), done)
            continue
        if end is None:
            if not ended and len(buffer) - start.start() <= MAX_RECORD_BYTES:
                return buffer[start.start() :], line, found
            found.append((line, None))
            line += buffer.count(b"\n", start.start())
            return b"", line, found
        found.append((line, buffer[start.start() : end.end()]))
        done = end.end()
        line += buffer.count(b"\n", start.start(), done)
    keep = max(done, len(buffer) - 256)  # a tag may be cut in two
    return buffer[keep:], line + buffer.count(b"\n", done, keep), found


def _parsed(line: int, data: bytes | None, encoding: bytes) -> XmlRecord | BrokenXml:
    if data is None:
        return BrokenXml(line, "bad_xml", "the record has no end, or is longer than is taken")
    if len(data) > MAX_RECORD_BYTES:
        return BrokenXml(
            line, "too_long", f"the record has {len(data):,} bytes; at most {MAX_RECORD_BYTES:,} are taken"
        )
    if _ENTITIES.search(data):
        return BrokenXml(line, "entities", "the record declares entities, which are not taken")
    if _depth(data) > MAX_DEPTH:
        return BrokenXml(line, "too_deep", f"the record nests more than {MAX_DEPTH} levels")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        encoding=encoding.decode("ascii"),
    )
    try:
        return XmlRecord(line, etree.fromstring(_with_prefixes(data), parser))
    except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
        message = re.sub(r", line \d+, column \d+.*", "", str(problem))[:200]
        at = getattr(problem, "lineno", None)
        where = f" in line {line + at - 1:,}" if isinstance(at, int) and at > 0 else ""
        return BrokenXml(line, "bad_xml", f"the XML is not well-formed{where}: {message}")


def _with_prefixes(data: bytes) -> bytes:
    """Declare the prefixes that the record takes from elements outside of it."""
    used = set(re.findall(rb"[<\s/]([A-Za-z_][\w.-]{0,40}):[A-Za-z_]", data)) - {b"xml", b"xmlns"}
    missing = b"".join(
        b' xmlns:%s="%s"' % (prefix, _KNOWN_PREFIXES.get(prefix, b"urn:prefix:" + prefix))
        for prefix in sorted(used)
        if b"xmlns:" + prefix not in data
    )
    opening = _OPEN.match(data)
    assert opening is not None
    return data[: opening.end()] + missing + data[opening.end() :]


_KNOWN_PREFIXES = {
    b"xsi": b"http://www.w3.org/2001/XMLSchema-instance",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"oai_dc": b"http://www.openarchives.org/OAI/2.0/oai_dc/",
}


def _depth(data: bytes) -> int:
    """How deep the elements nest, counted before any tree is built."""
    deepest = depth = 0
    for tag in _TAG.finditer(data):
        if tag[1]:
            depth -= 1
        elif not tag[2]:
            depth += 1
            if depth > MAX_DEPTH:
                return depth
            deepest = max(deepest, depth)
    return deepest


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text inside of the element."""
    return "".join(str(part) for part in element.itertext())
