"""Every parser of outside text takes whatever comes: only its own exceptions leave it.

In the ordinary suite each gets FEW cases. `FUZZ_CASES=10000 .venv/bin/python -m pytest tests/fuzz` is the long run, best
after a parser was changed.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from accounts.domain.returned import NoReport, read_report
from claims.domain.address_names import address_form
from claims.domain.links import InvalidPage, canonical_page, links_back, record_addresses
from claims.domain.mail_domains import canonical_address, judge_address, looks_like
from claims.domain.names import name_verdict
from claims.domain.orcid import UnreadableWorks, read_works
from common.db.keyset import InvalidCursor, read_row_id, unsign_cursor
from common.http import retry_after
from common.openalex_api.grammar import parse_filter, parse_select, parse_sort
from common.openalex_api.parameters import read_list_parameters
from common.openalex_api.problems import InvalidParameter
from common.richtext.markup import plain_of, read_markup
from common.richtext.mathematics import clean_mathml, formula_html, render_text
from common.richtext.tex import tex_to_text
from common.richtext.text import clean_line
from common.richtext.user_text import clean_typed, typed_html
from following.selectors.feed_page import read_feed_query
from following.selectors.follows import read_target
from graph.domain.state import InvalidState, read_state
from harvest import sources
from harvest.domain.reading import UnreadableFile
from harvest.domain.record import RecordError
from harvest.sources.base import RawRecord
from papers.domain.bylines import Printed, found_again
from papers.domain.dates import InvalidDate, parse_date
from papers.domain.identifiers import SCHEMES, InvalidIdentifier, parse_identifier
from papers.domain.names import name_words, parse_person_name, search_text
from papers.domain.public_ids import decode
from papers.domain.titles import title_key
from papers.domain.uris import read_public_id
from papers.selectors.identified import read_reference
from profiles.domain.links import InvalidLink, parse_link
from profiles.domain.listing_codes import canonical_code
from profiles.domain.naming import goes_on_from
from profiles.domain.pictures import InvalidPicture, pictures_of
from search.domain.person_names import read_name
from search.domain.queries import read_query
from search.domain.query_language import read_years
from tests.fuzz import samples
from tests.fuzz.hostile import near, near_bytes, near_object

FEW = 60
CASES = int(os.environ.get("FUZZ_CASES", FEW))
fuzzed = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=CASES == FEW
)

SOURCES = {source.name: source for source in sources.SOURCES}
type Parse = Callable[[Any], object]


def _object(name: str) -> Parse:
    """A source's own parser on one object: it raises RecordError alone, whatever net stands behind it."""
    return lambda data: SOURCES[name].parse(RawRecord(1, 1, data))


def _file(name: str) -> Parse:
    """A whole file of a source, read and parsed."""

    def read(data: bytes) -> None:
        for piece in SOURCES[name].read(Stream(data)):
            if not piece.fault:
                with suppress(RecordError):
                    SOURCES[name].parse(piece)

    return read


class Stream:
    """The bytes as an open file of the importer."""

    def __init__(self, data: bytes) -> None:
        self._file, self.path, self.line, self.given = BytesIO(data), "fuzz.xml", 0, len(data)

    def read(self, size: int = 65_536) -> bytes:
        return self._file.read(size)


def _picture(kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (130, 130), "red").save(made, kind)
    return made.getvalue()


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    raw = bytearray(draw(st.sampled_from([_picture(kind) for kind in ("JPEG", "PNG", "WEBP")])))
    for _edit in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, min(len(raw) - 1, 400)))
        raw[place : place + draw(st.integers(0, 4))] = draw(st.binary(max_size=8))
    return bytes(raw)


def _page(text: bytes) -> bool:
    wanted = record_addresses("https://x.org", "/authors/A1/ada-byron/")
    return links_back(text, page_url="https://u.edu/~ada/", record_urls=wanted)


def _cursor(text: str) -> object:
    return unsign_cursor(text, of="q")


def _known_page(raw: dict[str, Any]) -> object:
    return read_works(json.dumps(raw).encode(), orcid="0000-0002-1825-0097")


NOTHING: tuple[type[Exception], ...] = ()
names = near(*samples.NAMES)
lines = near(*samples.MATHEMATICS)
PARSERS: dict[str, tuple[Parse, st.SearchStrategy[Any], tuple[type[Exception], ...]]] = {
    "openalex object": (_object("openalex"), near_object(samples.OPENALEX), (RecordError,)),
    "crossref object": (_object("crossref"), near_object(samples.CROSSREF), (RecordError,)),
    "csl object": (_object("csl"), near_object(samples.CSL), (RecordError,)),
    **{
        f"{name} file": (
            _file(name),
            near_bytes(json.dumps(sample)) | near_object(sample).map(json.dumps).map(str.encode),
            (UnreadableFile,),
        )
        for name, sample in (
            ("openalex", samples.OPENALEX),
            ("crossref", samples.CROSSREF),
            ("records", samples.RECORD),
            ("ror", samples.ROR),
            ("csl", samples.CSL),
        )
    },
    "bibtex file": (_file("bibtex"), near_bytes(samples.BIBTEX), (UnreadableFile,)),
    "ris file": (_file("ris"), near_bytes(samples.RIS), (UnreadableFile,)),
    "arxiv file": (_file("arxiv"), near_bytes(samples.OAI), (UnreadableFile,)),
    "orcid object": (_known_page, near_object(samples.ORCID), (UnreadableWorks,)),
    "orcid body": (lambda body: read_works(body, orcid="x"), near_bytes(json.dumps(samples.ORCID)), (UnreadableWorks,)),
    "mail report": (read_report, near_bytes(samples.MAIL_REPORT), (NoReport,)),
    "rel=me page": (_page, near_bytes(samples.ME_PAGE), NOTHING),
    "page address": (canonical_page, near(*samples.URLS), (InvalidPage,)),
    "profile link": (lambda text: parse_link(text, text), near(*samples.URLS), (InvalidLink,)),
    "mail address": (canonical_address, near(*samples.ADDRESSES), NOTHING),
    "judged address": (
        lambda text: judge_address(text, [], year=2026, full_weight=50),
        near(*samples.ADDRESSES),
        NOTHING,
    ),
    "look-alike": (lambda text: looks_like(text, "ox.ac.uk"), near("ox.ac.uk", "xn--ox-fka.ac.uk"), NOTHING),
    "address form": (lambda text: address_form(text, [text, "Ada Byron"]), near(*samples.ADDRESSES), NOTHING),
    "retry-after": (retry_after, near("120", "Wed, 21 Oct 2026 07:28:00 GMT", "²"), NOTHING),
    "person name": (lambda text: parse_person_name(text).keys, names, NOTHING),
    "name words": (lambda text: (name_words(text), search_text([text]), title_key(text)), names, NOTHING),
    "name verdict": (lambda text: name_verdict(text, ["Ada Byron", text[::-1]]), names, NOTHING),
    "name goes on": (lambda text: goes_on_from(text, ["Ada Byron"]), names, NOTHING),
    "name on byline": (
        lambda text: found_again(Printed(1, text), [Printed(1, "A. Byron"), Printed(2, text + "x")]),
        names,
        NOTHING,
    ),
    "date": (parse_date, near(*samples.DATES) | st.integers(), (InvalidDate,)),
    "public id": (lambda text: (decode(text), read_public_id(text)), near("Abcdfg", "Wxyz"), NOTHING),
    "reference": (lambda text: read_reference("W", text), near(*samples.IDENTIFIERS), (InvalidIdentifier,)),
    "mathematics": (lambda text: (render_text(text), tex_to_text(text)), lines, NOTHING),
    "formula": (lambda text: formula_html(text), near("\\frac{a}{b}", "x_{i}^2", "\\sqrt[3]{x}"), NOTHING),
    "mathml": (clean_mathml, near("<math><mi>x</mi></math>"), NOTHING),
    "typed text": (lambda text: typed_html(clean_typed(text)), lines, NOTHING),
    "one line": (clean_line, lines, NOTHING),
    "listing code": (canonical_code, near("ABCD-EFGH"), NOTHING),
    "search words": (lambda text: read_query(text, ""), lines, NOTHING),
    "typed name": (read_name, names, NOTHING),
    "typed years": (read_years, near("2019-2022", "-2022", "0000"), NOTHING),
    "graph state": (
        lambda text: read_state(QueryDict(text).dict()).address,
        near(
            "n=Abcdfg,Wxyz&pin=Abcdfg:3:4&from=1990&to=2020&least=0.5&most=60&kinds=AW&sort=name", "least=nan&most=inf"
        ),
        (InvalidState,),
    ),
    "follow target": (read_target, near("A7bcdfg", "c12", "q99"), NOTHING),
    "feed query": (lambda text: read_feed_query(QueryDict(text).dict()), near("of=c12&sort=newest&unseen=1"), NOTHING),
    "marked-up text": (lambda text: plain_of(read_markup(text)), lines, NOTHING),
    "row id": (read_row_id, near("12", "²"), (InvalidCursor,)),
    "search section": (lambda text: read_query("x", text), near("authors", "people"), NOTHING),
    "cursor": (_cursor, near("AAAA"), (InvalidCursor,)),
    "api filter": (
        lambda text: parse_filter(text, {}),
        near("author.id:A1,year:2020-", "a:!b|c"),
        (InvalidParameter, KeyError),
    ),
    "api sort": (lambda text: parse_sort(text, ["year"]), near("year:desc"), (InvalidParameter,)),
    "api select": (lambda text: parse_select(text, ["id"]), near("id,title"), (InvalidParameter,)),
    "api parameters": (
        lambda text: read_list_parameters(QueryDict(text), fields=["id"]),
        near("search=x&per-page=5&page=2", "cursor=*&filter=a:b"),
        (InvalidParameter,),
    ),
    "picture": (pictures_of, pictures() | st.binary(max_size=200), (InvalidPicture,)),
    **{
        f"identifier {scheme}": (
            lambda text, scheme=scheme: parse_identifier(scheme, text),
            near(*samples.IDENTIFIERS),
            (InvalidIdentifier,),
        )
        for scheme in sorted(SCHEMES)
    },
}


@pytest.mark.parametrize("name", PARSERS)
def test_only_its_own_exceptions_leave_a_parser(name):
    parse, outside, own = PARSERS[name]

    @fuzzed
    @given(outside)
    def attack(data: Any) -> None:
        with suppress(*own):
            parse(data)

    attack()


def test_every_source_is_among_them():
    assert {f"{name} file" for name in SOURCES} <= set(PARSERS)
