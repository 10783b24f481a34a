"""The planted authors in a loaded database, and what a test client sees of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.corpus import PLANTED
from bench.databases import Database
from bench.servers import BadAnswer
from papers.domain.public_ids import encode

_TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True, slots=True)
class Person:
    """A planted author as the database knows them."""

    pk: int
    name: str
    papers: int

    @property
    def public_id(self) -> str:
        """The id that addresses carry."""
        return encode("A", self.pk)

    @property
    def page(self) -> str:
        """An address that leads to the author's page, by redirect."""
        return f"/authors/{self.public_id}/"

    @property
    def floor(self) -> str:
        """The floor view of the same author."""
        return f"/bench/floor/{self.pk}/"


def planted(database: Database) -> list[Person]:
    """The planted authors, fewest papers first, with the number of papers that they really have."""
    with database.connect() as link:
        rows = link.execute(
            "SELECT a.id, a.name, count(*) FROM papers_author a JOIN papers_authorship s ON s.author_id = a.id"
            " WHERE a.name = ANY(%s) GROUP BY a.id ORDER BY 3",
            [[each.name for each in PLANTED]],
        ).fetchall()
    people = [Person(*row) for row in rows]
    if [each.papers for each in people] != [each.papers for each in PLANTED]:
        raise BadAnswer(f"the planted authors are not as they were planted: {people}")
    return people


def queries_of(path: str) -> Sequence[str]:
    """The statements that one request makes, the second time it is made; BEGIN and its like are none."""
    client = Client()
    client.get(path, follow=True)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise BadAnswer(f"{path} answered {answer.status_code}")
    statements = [str(query["sql"]) for query in captured.captured_queries]
    return [statement for statement in statements if not statement.startswith(_TRANSACTION)]
