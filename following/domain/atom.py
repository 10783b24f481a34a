"""Atom 1.0 (RFC 4287), written so that whatever a title holds stays text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/atom+xml"
# The year from which our tag: URIs speak (RFC 4151); it never changes.
TAG_YEAR = "2026"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry; all texts plain. `url` is absolute. `published` None: not known."""

    id: str
    title: str
    url: str
    updated: datetime
    authors: tuple[str, ...]
    summary: str
    published: date | None = None
    category: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """A feed; `url` is the page it belongs to and `own_url` its own address, both absolute."""

    id: str
    title: str
    url: str
    own_url: str
    updated: datetime
    entries: tuple[AtomEntry, ...]


def tag(host: str, name: str) -> str:
    """A stable id of something: `tag:example.org,2026:Wbcdfg`."""
    return f"tag:{host},{TAG_YEAR}:{name}"


def write_atom(feed: AtomFeed) -> bytes:
    return "".join(_feed(feed)).encode()


def _feed(feed: AtomFeed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
    yield _element("id", feed.id) + _element("title", feed.title) + _element("updated", _moment(feed.updated))
    yield _link("alternate", feed.url, "text/html") + _link("self", feed.own_url, MEDIA_TYPE)
    yield "<author><name>Colophon</name></author>\n"
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>\n"


def _entry(entry: AtomEntry) -> Iterator[str]:
    language = f" xml:lang={_attribute(entry.language)}" if entry.language else ""
    yield f"<entry{language}>\n"
    yield (_element("id", entry.id) + _element("title", entry.title) + _element("updated", _moment(entry.updated)))
    if entry.published is not None:
        yield _element("published", f"{entry.published.isoformat()}T00:00:00Z")
    yield _link("alternate", entry.url, "text/html")
    for name in entry.authors or ("Colophon",):
        yield f"<author>{_element('name', name or '–').strip()}</author>\n"
    if entry.category:
        yield f"<category term={_attribute(entry.category)}/>\n"
    if entry.summary:
        yield _element("summary", entry.summary)
    yield "</entry>\n"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_NOT_XML.sub('', text))}</{name}>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _link(rel: str, url: str, media_type: str) -> str:
    return f"<link rel={_attribute(rel)} type={_attribute(media_type)} href={_attribute(url)}/>\n"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
