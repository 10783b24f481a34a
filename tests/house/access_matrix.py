"""Who may do what: one row a route, and in it the roles that each method is open to.

A route that is missing here fails the build, and so does a row without its route. What a row does not
mention is closed: the tests ask for every method in every role.
"""

from dataclasses import dataclass

STRANGER, USER, CURATOR = "stranger", "user", "curator"
ROLES = (STRANGER, USER, CURATOR)
EVERYONE = frozenset(ROLES)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Row:
    """An address that the route matches, and the roles that may use each method."""

    example: str
    open_to: dict[str, frozenset[str]]


def public(example: str) -> Row:
    """Everybody may read, nobody may write."""
    return Row(example, {"GET": EVERYONE, "HEAD": EVERYONE})


MATRIX: dict[str, Row] = {
    "portal:home": public("/"),
    "profiles:author_bare": public("/authors/Abcdfg"),
    "profiles:author_short": public("/authors/Abcdfg/"),
    "profiles:author": public("/authors/Abcdfg/ada-byron/"),
    "profiles:author_export": public("/authors/Abcdfg/ada-byron/works.bib"),
    "catalogue:paper_bare": public("/papers/Wbcdfg"),
    "catalogue:paper_short": public("/papers/Wbcdfg/"),
    "catalogue:paper": public("/papers/Wbcdfg/a-title/"),
    "catalogue:paper_citation": public("/papers/Wbcdfg/a-title/cite.bib"),
    "catalogue:topic_bare": public("/topics/Tbcdfg"),
    "catalogue:topic_short": public("/topics/Tbcdfg/"),
    "catalogue:topic": public("/topics/Tbcdfg/a-topic/"),
    "catalogue:institution_bare": public("/institutions/Ibcdfg"),
    "catalogue:institution_short": public("/institutions/Ibcdfg/"),
    "catalogue:institution": public("/institutions/Ibcdfg/an-institution/"),
    "catalogue:venue_bare": public("/venues/Sbcdfg"),
    "catalogue:venue_short": public("/venues/Sbcdfg/"),
    "catalogue:venue": public("/venues/Sbcdfg/a-venue/"),
    "search:search": public("/search/?q=ada"),
    "api-root": public("/api/"),
    "api-schema": public("/api/schema/"),
    "api-docs": public("/api/docs/"),
    "api-works": public("/api/works"),
    "api-works-one": public("/api/works/W1"),
    "api-authors": public("/api/authors"),
    "api-authors-one": public("/api/authors/A1"),
    "api-institutions": public("/api/institutions"),
    "api-institutions-one": public("/api/institutions/I1"),
    "api-topics": public("/api/topics"),
    "api-topics-one": public("/api/topics/T1"),
    "api-sources": public("/api/sources"),
    "api-sources-one": public("/api/sources/S1"),
    "api-unknown": public("/api/no-such-thing"),
}

# Everything under the admin is for curators; its own permissions decide further.
ADMIN = "admin"
