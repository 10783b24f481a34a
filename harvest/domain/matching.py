"""Whether two statements of one title and first author are versions of one work, two works, or for curators to say."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from harvest.domain.record import WorkRecord
from harvest.domain.versions import version_of
from papers.domain.identifiers import Identifier
from papers.domain.names import keys_of_name
from papers.domain.venue_names import series_of

# Two records that carry different ids of one of these are two works, however alike their titles: each names
# one work only. DOIs are not among them, since the versions of one work often have several.
ONE_WORK_SCHEMES = frozenset({"arxiv", "acl", "pmid", "pmcid", "openalex", "local"})
# Registers give versions ids of their own; a repository gives all versions of one work one.
ONE_ID_FOR_ALL_VERSIONS = frozenset({"arxiv", "acl"})
VERSION_IDS = frozenset({"openalex", "pmid", "pmcid"})

# How many years a work may take from its preprint to its publication, by archive: long where refereeing is long.
YEARS_TO_PUBLICATION = {"math": 6, "stat": 5, "econ": 6, "q-fin": 6, "math-ph": 5, "nlin": 4, "cs": 3}
USUAL_YEARS = 4
YEARS_BETWEEN_PUBLICATIONS = 3  # from the conference paper to the article
YEARS_POSTED_LATER = 2  # authors post what was published before
YEARS_OF_ONE_VERSION = 1  # sources date one version by its issue or by its first day online
YEARS_IN_DOUBT = 10  # farther apart, one title by one name is two works


class Verdict(StrEnum):
    """What two statements are. The doubtful ones name why."""

    ONE = "one"
    TWO = "two"
    YEARS = "years"
    IDS = "ids"
    VENUE = "venue"


DOUBTFUL = frozenset({Verdict.YEARS, Verdict.IDS, Verdict.VENUE})


@dataclass(slots=True)
class Statement:
    """What matching looks at: `years` of all that is stated of one version, `initial` of the first author's given
    name ("" when not printed), `archives` of its categories."""

    ids: Collection[Identifier]
    version: str
    kind: str
    years: frozenset[int]
    venue_key: str
    initial: str
    archives: frozenset[str]


def statement_of(record: WorkRecord) -> Statement:
    """A record as matching sees it. A year that a preprint's journal reference names counts as its own."""
    years = {record.published.year} if record.published else set()
    years |= {one.published.year for one in record.locations if one.published}
    return Statement(
        record.ids,
        version_of(record),
        record.kind,
        frozenset(years),
        series_of(record.venue.name, record.venue.kind).key if record.venue else "",
        initial_of(record.authors[0].name) if record.authors else "",
        archives_of(one.code for one in record.categories),
    )


def initial_of(name: str) -> str:
    """The first letter of the given names, "" when there are none."""
    return keys_of_name(name).initials[:1]


def archives_of(codes: Iterable[str]) -> frozenset[str]:
    """The archives of some categories: cs, math, hep-th."""
    return frozenset(code.partition(".")[0] for code in codes)


def verdict(one: Statement, other: Statement) -> Verdict:
    """What two statements of one title and one first author's family name are."""
    if not one.years or not other.years:
        return Verdict.TWO
    if one.initial and other.initial and one.initial != other.initial:
        return Verdict.TWO
    by_years = _by_years(one, other)
    if by_years is Verdict.TWO:
        return Verdict.TWO
    if name_two_works(one, other):
        return Verdict.IDS if by_years is Verdict.ONE and _are_versions(one, other) else Verdict.TWO
    if one.venue_key and one.venue_key == other.venue_key and differ(one.ids, other.ids, "doi"):
        return Verdict.TWO  # a column that a journal prints again and again
    return by_years


def _are_versions(one: Statement, other: Statement) -> bool:
    return {one.version, other.version} == {"submitted", "published"}


def _by_years(one: Statement, other: Statement) -> Verdict:
    gap = min(abs(a - b) for a in one.years for b in other.years)
    if gap <= _window(one, other):
        return Verdict.ONE
    if gap <= YEARS_IN_DOUBT and one.version != other.version and "" not in (one.version, other.version):
        return Verdict.YEARS
    return Verdict.TWO


def _window(one: Statement, other: Statement) -> int:
    if _are_versions(one, other):
        preprint, published = (one, other) if one.version == "submitted" else (other, one)
        if max(published.years) < min(preprint.years):
            return YEARS_POSTED_LATER
        archives = preprint.archives | published.archives
        return max((YEARS_TO_PUBLICATION.get(archive, USUAL_YEARS) for archive in archives), default=USUAL_YEARS)
    if {one.kind, other.kind} == {"conference-paper", "article"}:
        return YEARS_BETWEEN_PUBLICATIONS
    return YEARS_OF_ONE_VERSION


def name_two_works(one: Statement, other: Statement) -> bool:
    """Whether the ids name different works. A preprint and what was published may differ in a register's ids."""
    schemes = {i.scheme for i in one.ids} & ONE_WORK_SCHEMES
    if one.version != other.version:
        schemes -= VERSION_IDS
    return any(differ(one.ids, other.ids, scheme) for scheme in schemes)


def conflict(
    ids: Collection[Identifier], others: Collection[Identifier], schemes: Collection[str] = ONE_WORK_SCHEMES
) -> bool:
    """Whether the two name different works of a scheme that has one id a work."""
    return any(differ(ids, others, scheme) for scheme in {i.scheme for i in ids} & set(schemes))


def differ(ids: Collection[Identifier], others: Collection[Identifier], scheme: str) -> bool:
    """Whether both have identifiers of the scheme, and none in common. Local ids differ inside one list alone."""
    mine = {i.value for i in ids if i.scheme == scheme}
    theirs = {i.value for i in others if i.scheme == scheme}
    if scheme == "local":
        lists = {_list_of(value) for value in mine} & {_list_of(value) for value in theirs}
        mine = {value for value in mine if _list_of(value) in lists}
        theirs = {value for value in theirs if _list_of(value) in lists}
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _list_of(local: str) -> str:
    """Which list a local id is of: "aistats" of "aistats2019:4981e"."""
    return local.partition(":")[0].rstrip("0123456789")
