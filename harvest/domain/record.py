"""What every source's record is mapped to: canonical, decoded and bounded, ready to be written."""

from dataclasses import dataclass
from datetime import date

from common.fast_pickle import FastPickled
from papers.domain.dates import PartialDate
from papers.domain.identifiers import Identifier
from papers.domain.name_parts import NameKind, NameParts

MAX_TITLE_CHARS = 2_000  # the longest real title is about 1,000 characters
MAX_ABSTRACT_CHARS = 50_000  # extended abstracts reach 20,000
MAX_AUTHORS = 10_000  # the largest real byline has about 5,200
MAX_REFERENCES = 20_000  # reviews reach a few thousand
MAX_NAME_CHARS = 300  # consortium and venue names; people's stay under 100
MAX_AFFILIATION_CHARS = 2_000  # raw affiliation lines that list several places
MAX_AFFILIATIONS = 50  # of one author; real ones reach about 30
MAX_CATEGORIES = 50  # arXiv allows about 10
MAX_TOPICS = 100  # concepts of old OpenAlex records reach about 50
MAX_LINKS = 50
MAX_URL_CHARS = 2_000  # what browsers and servers take
MAX_VERSIONS = 500  # the most revised preprint has fewer than 200
MAX_LOCATIONS = 50  # OpenAlex lists up to about 30
MAX_RELATIONS = 200  # reviews of one preprint reach about 50
MAX_DETAIL_CHARS = 100  # a volume, an issue, pages
MAX_IDS = 20  # identifiers of one thing over all schemes
MAX_COMMENT_CHARS = 5_000
MAX_KIND_CHARS = 32  # this and those below: what the columns hold
MAX_SOURCE_CHARS = 32
MAX_SCHEME_CHARS = 16
MAX_KEY_CHARS = 300  # folded names: folding may make a text longer
MAX_FIELD_CHARS = 200
MAX_HOMEPAGE_CHARS = 500
MAX_COUNT = 2**31 - 1  # what the integer columns hold


class RecordError(ValueError):
    """A record that cannot be taken; `code` is for counting, `message` a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.code, self.message)


class SkippedRecord(RecordError):
    """A record that says of itself that it is not to be taken, such as a deleted one."""


@dataclass(frozen=True, slots=True)
class SourcedAffiliation(FastPickled):
    """One institution of one byline entry; `ror` and `openalex` are canonical values or None."""

    name: str
    ror: str | None = None
    openalex: str | None = None


@dataclass(frozen=True, slots=True)
class SourcedAuthor(FastPickled):
    """One byline entry. `name` is as printed, only decoded; `raw_affiliation` is "" when none was printed.

    `given`, `family`, `particle` and `suffix` are the parts that the source states, all "" where it states none.
    `kind` is "person", "group" or "other" (a name that names nobody); `role` is "author", "editor" or the like.
    """

    name: str
    ids: tuple[Identifier, ...] = ()
    affiliations: tuple[SourcedAffiliation, ...] = ()
    raw_affiliation: str = ""
    is_corresponding: bool = False
    given: str = ""
    family: str = ""
    particle: str = ""
    suffix: str = ""
    kind: NameKind = "person"
    role: str = "author"

    @property
    def parts(self) -> NameParts:
        """The name with its parts, as `papers.domain.name_parts` works on it."""
        return NameParts(self.name, self.given, self.family, self.particle, self.suffix, self.kind)


@dataclass(frozen=True, slots=True)
class SourcedVenue(FastPickled):
    """Where the work appeared; `kind` is journal, conference, repository, book, series or ""."""

    name: str
    kind: str = ""
    issns: tuple[str, ...] = ()
    openalex: str | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class SourcedReference(FastPickled):
    """A cited work by its identifiers, at least one."""

    ids: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class SourcedTopic(FastPickled):
    """A topic with the source's own confidence from 0 to 1, None when it gives none."""

    name: str
    openalex: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class SourcedLink(FastPickled):
    """An http(s) address; `kind` is "pdf", "landing", "html" or another word of the source."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class SourcedVersion(FastPickled):
    """A version of a preprint, numbered from 1; `submitted` is None when not stated."""

    number: int
    submitted: date | None = None


@dataclass(frozen=True, slots=True)
class SourcedDetails(FastPickled):
    """Where in its volume a work stands, as printed; "" is what the source does not say. `pages` is one range with
    a hyphen: "45-67"."""

    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    book_title: str = ""
    edition: str = ""
    isbns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcedNotice(FastPickled):
    """A notice about the work: `kind` is retraction, withdrawal, correction or concern.

    `notice` is the identifier of the notice itself, None where the work, its title or its repository says so
    without one; `reason` is what was said, "" for nothing.
    """

    kind: str
    notice: Identifier | None = None
    stated: PartialDate | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SourcedRelation(FastPickled):
    """What the work is to another one, by any of its identifiers; kinds are those of `papers.domain.relations`."""

    kind: str
    other: Identifier


@dataclass(frozen=True, slots=True)
class SourcedLocation(FastPickled):
    """One place where a version of the work is found.

    `version` is submitted, accepted, published or "" when the source does not say; `kind` what the work is there,
    "" when it is what the record says; `is_open` None when not stated. `reference` is the place as its authors wrote
    it, where nothing finer is known.
    """

    venue: SourcedVenue | None = None
    version: str = ""
    kind: str = ""
    published: PartialDate | None = None
    identifier: Identifier | None = None
    license: str = ""
    landing_url: str = ""
    pdf_url: str = ""
    is_open: bool | None = None
    details: SourcedDetails | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SourcedCategory(FastPickled):
    """A class of a classification: ("arxiv", "cs.LG")."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class WorkRecord(FastPickled):
    """One work as one source states it.

    `source_key` is the stable "scheme:value" of the record in its source. Texts are plain with TeX between $ signs; the
    `_html` ones are safe mark-up, or "" when the plain text needs none. None means that the source does not say.
    `contributors` are people beside the authors (editors, translators). Where a source cut the byline,
    `is_authors_truncated` says so and `authors_total` how long it was. `version` is which version the record is of
    (submitted, accepted, published), "" when that follows from its kind and venue alone; `locations` are those that the
    source lists. `statement` is compact JSON of what the source said (without references and without NUL); `digest` is
    16 bytes over the mapped content.
    """

    source: str
    source_key: str
    ids: tuple[Identifier, ...]
    title: str
    title_html: str
    abstract: str
    abstract_html: str
    kind: str
    published: PartialDate | None
    updated: date | None
    language: str
    license: str
    comment: str
    venue: SourcedVenue | None
    categories: tuple[SourcedCategory, ...]
    topics: tuple[SourcedTopic, ...]
    authors: tuple[SourcedAuthor, ...]
    references: tuple[SourcedReference, ...]
    references_total: int | None
    cited_by_count: int | None
    cited_by_date: date | None
    is_retracted: bool
    links: tuple[SourcedLink, ...]
    versions: tuple[SourcedVersion, ...]
    version: str
    details: SourcedDetails | None
    locations: tuple[SourcedLocation, ...]
    relations: tuple[SourcedRelation, ...]
    notices: tuple[SourcedNotice, ...]
    title_key: str
    first_family_key: str
    warnings: tuple[str, ...]
    statement: bytes
    digest: bytes
    contributors: tuple[SourcedAuthor, ...] = ()
    is_authors_truncated: bool = False
    authors_total: int | None = None
    copied_from: str = ""


@dataclass(frozen=True, slots=True)
class InstitutionName(FastPickled):
    """A name with its kind ("label", "alias" or "acronym") and language ("" when not stated)."""

    name: str
    kind: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class InstitutionRecord(FastPickled):
    """An organisation from ROR or OpenAlex. Relations are canonical ROR (or OpenAlex) identifiers."""

    source: str
    source_key: str
    name: str
    names: tuple[InstitutionName, ...]
    ror: str | None
    ids: tuple[Identifier, ...]
    kind: str
    country_code: str
    city: str
    latitude: float | None
    longitude: float | None
    homepage: str
    established: int | None
    status: str
    parents: tuple[Identifier, ...]
    children: tuple[Identifier, ...]
    successors: tuple[Identifier, ...]
    domains: tuple[str, ...]
    warnings: tuple[str, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class AuthorRecord(FastPickled):
    """An author as a source has put them together; `name_variants` are other printed forms."""

    source: str
    source_key: str
    ids: tuple[Identifier, ...]
    name: str
    name_variants: tuple[str, ...]
    affiliations: tuple[SourcedAffiliation, ...]
    warnings: tuple[str, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class VenueRecord(FastPickled):
    """A journal, series, repository or conference."""

    source: str
    source_key: str
    ids: tuple[Identifier, ...]
    name: str
    name_variants: tuple[str, ...]
    kind: str
    publisher: str
    homepage: str
    warnings: tuple[str, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class TopicRecord(FastPickled):
    """A topic with the names of the subfield, field and domain above it ("" when not stated)."""

    source: str
    source_key: str
    ids: tuple[Identifier, ...]
    name: str
    description: str
    keywords: tuple[str, ...]
    subfield: str
    field: str
    domain: str
    warnings: tuple[str, ...]
    digest: bytes


type SourceRecord = WorkRecord | InstitutionRecord | AuthorRecord | VenueRecord | TopicRecord
