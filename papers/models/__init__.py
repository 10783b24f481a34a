"""The scholarly record as sources state it and people correct it."""

from papers.models.citations import Citation, ReportedCitations, UnresolvedReference
from papers.models.decisions import BylineDecision, RecordMove, RecordRevision
from papers.models.entities import (
    Institution,
    InstitutionIdentifier,
    InstitutionName,
    InstitutionRelation,
    Venue,
    VenueIdentifier,
    VenueMerge,
    VenueName,
)
from papers.models.log import LogScrub
from papers.models.people import (
    Author,
    AuthorAffiliation,
    AuthorIdentifier,
    AuthorName,
    Authorship,
    AuthorshipInstitution,
    DoubtfulIdentifier,
)
from papers.models.provenance import (
    Change,
    Correction,
    EntityStatement,
    PaperStatement,
    RecordKind,
)
from papers.models.subjects import Category, Topic, TopicIdentifier
from papers.models.versions import PaperLocation, PaperMatch, PaperRelation
from papers.models.works import (
    Paper,
    PaperCategory,
    PaperIdentifier,
    PaperLink,
    PaperSearch,
    PaperTopic,
    PaperVersion,
)

__all__ = [
    "Author",
    "AuthorAffiliation",
    "AuthorIdentifier",
    "AuthorName",
    "Authorship",
    "AuthorshipInstitution",
    "BylineDecision",
    "Category",
    "Change",
    "Citation",
    "Correction",
    "DoubtfulIdentifier",
    "EntityStatement",
    "Institution",
    "InstitutionIdentifier",
    "InstitutionName",
    "InstitutionRelation",
    "LogScrub",
    "Paper",
    "PaperCategory",
    "PaperIdentifier",
    "PaperLink",
    "PaperLocation",
    "PaperMatch",
    "PaperRelation",
    "PaperSearch",
    "PaperStatement",
    "PaperTopic",
    "PaperVersion",
    "RecordKind",
    "RecordMove",
    "RecordRevision",
    "ReportedCitations",
    "Topic",
    "TopicIdentifier",
    "UnresolvedReference",
    "Venue",
    "VenueIdentifier",
    "VenueMerge",
    "VenueName",
]
