"""What the relations are read from. Each statement gives pairs of ids; the same for everything and for some works.

Merged authors, topics and institutions are led to the records that stand by whoever reads, from `merged`.
"""

from dataclasses import dataclass

# A placeholder of ours: "" for everything, a condition on the works otherwise.
_HERE = "/*which*/"


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one relation and of its reverse ("" for none); `weight` names a third column of real numbers."""

    name: str
    reverse: str
    sql: str
    works: str
    is_weighted: bool = False

    def of_all(self) -> str:
        return self.sql.replace(_HERE, "")

    def of_works(self) -> str:
        """With `%(works)s`, the ids of the works."""
        return self.sql.replace(_HERE, f"AND {self.works}")


SOURCES = (
    Source(
        "byline",
        "works_by",
        f"SELECT paper_id, author_id FROM papers_authorship WHERE true {_HERE}",
        "paper_id = ANY(%(works)s)",
    ),
    Source(
        "topics",
        "works_on",
        f"""SELECT paper_id, topic_id FROM papers_papertopic WHERE true {_HERE}
            UNION ALL SELECT c.paper_id, t.id FROM papers_papercategory c
            JOIN papers_topic t ON t.category_id = c.category_id WHERE true {_HERE}""",
        "paper_id = ANY(%(works)s)",
    ),
    Source(
        "institutions",
        "works_at",
        f"""SELECT x.paper_id, x.institution_id FROM papers_authorshipinstitution x
            JOIN papers_authorship s ON s.id = x.authorship_id JOIN listed_author a ON a.id = s.author_id
            WHERE true {_HERE}""",
        "x.paper_id = ANY(%(works)s)",
    ),
    Source(
        "references",
        "citing",
        f"SELECT citing_id, cited_id FROM papers_citation WHERE true {_HERE}",
        "(citing_id = ANY(%(works)s) OR cited_id = ANY(%(works)s))",
    ),
    Source(
        "affiliations",
        "",
        f"""SELECT s.author_id, x.institution_id, 1::float4 FROM papers_authorshipinstitution x
            JOIN papers_authorship s ON s.id = x.authorship_id JOIN listed_author a ON a.id = s.author_id
            WHERE true {_HERE}""",
        "x.paper_id = ANY(%(works)s)",
        is_weighted=True,
    ),
    # No tie: how often a work is cited, as a weight, so that it is at hand where works are weighed.
    Source(
        "impact",
        "",
        f"""SELECT id, 1::bigint, shown_citation_count::float4 FROM canonical_paper
            WHERE shown_citation_count > 0 AND is_canonical {_HERE}""",
        "id = ANY(%(works)s)",
        is_weighted=True,
    ),
    # No tie either: the year of a work, in the place of what it leads to.
    Source(
        "years",
        "",
        f"""SELECT id, date_part('year', published_date)::bigint FROM canonical_paper
            WHERE published_date IS NOT NULL AND is_canonical {_HERE}""",
        "id = ANY(%(works)s)",
    ),
    Source(
        "similar",
        "",
        f"""SELECT m.paper_id, (n ->> 0)::bigint, (n ->> 1)::float4
            FROM metrics_papermetrics m, jsonb_path_query(m.novelty_neighbours, '$[0 to 4]') n
            WHERE jsonb_typeof(m.novelty_neighbours) = 'array' {_HERE}""",
        "m.paper_id = ANY(%(works)s)",
        is_weighted=True,
    ),
)

MERGED = {
    "A": "SELECT id, canonical_id FROM canonical_author WHERE NOT is_canonical",
    "T": "SELECT id, canonical_id FROM canonical_topic WHERE NOT is_canonical",
    "I": "SELECT id, canonical_id FROM canonical_institution WHERE NOT is_canonical",
}
UNLISTED = "SELECT id FROM papers_author WHERE NOT is_listed ORDER BY id"
CHANGED_COUNT = "SELECT count(*) FROM papers_paper WHERE changed_at > %(since)s"
# With the row's place and transaction: two acts of one moment are two changes.
CHANGED = """SELECT id, xmin::text || ctid::text FROM papers_paper WHERE changed_at > %(since)s
             ORDER BY changed_at DESC, id DESC LIMIT %(most)s"""
