"""The portal's own record as the arrays that the AI Score is learned from.

What stays in memory is a few hundred bytes a paper and sixteen a citation; texts and vectors lie in temporary files.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from django.db import connection

from metrics.ai_score.corpus import Citations, Corpus, DatedCitations, Groups, Integers, ReportedCitations
from metrics.embedding.model import EmbeddingModel
from metrics.models.papers import DIMENSION
from metrics.services.ai_score.places import fill_vectors, find_places
from metrics.services.ai_score.reading import read_integers
from metrics.services.ai_score.texts import TextFile
from metrics.sql import ai_score as statements

COUNTED, REPORTED = "counted", "reported"
# Counted citations are taken where at least this share of the works that are reported as cited is cited here too.
ENOUGH_COUNTED = 0.5


@dataclass(frozen=True, slots=True)
class Loaded:
    """Every dated work that stands, by paper id.

    corpus: its arrays, over the same rows as paper_ids. figures: which citations it is judged by, `counted` or
    `reported`. Usable inside `loaded_corpus` only: its texts lie in a folder that goes when that ends.
    """

    paper_ids: Integers
    corpus: Corpus
    figures: str

    def rows_of(self, paper_ids: Integers) -> Integers:
        """The row of each paper; -1 for one that is not here."""
        return rows_among(self.paper_ids, paper_ids)


def rows_among(known: Integers, wanted: Integers) -> Integers:
    """Where each wanted id stands among ascending ids; -1 where it does not."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[rows] == wanted, rows, -1).astype(np.int64)


@contextmanager
def loaded_corpus(model: EmbeddingModel) -> Iterator[Loaded]:
    """Read the record. Vectors and neighbours that are not stored yet are made on the way, and not stored."""
    with tempfile.TemporaryDirectory(prefix="ai-score-", ignore_cleanup_errors=True) as folder:
        papers = read_integers(statements.PAPERS, columns=8)
        ids, first, last, years, cells, venues, references, reported = papers.T
        titles, abstracts = _texts(ids, Path(folder))
        try:
            vectors: npt.NDArray[np.float32] = np.memmap(
                Path(folder) / "vectors", dtype=np.float32, mode="w+", shape=(max(len(ids), 1), DIMENSION)
            )[: len(ids)]
            (Path(folder) / "vectors").unlink()  # as with the texts: it stays as long as it is held
            fill_vectors(vectors, ids=ids, titles=titles, abstracts=abstracts, model=model)
            worded = np.flatnonzero([bool(text) for text in abstracts]).astype(np.int64)
            places = find_places(vectors, ids=ids, worded=worded, first_days=first, last_days=last, model=model.name)
            figures, citations = _citations(ids, last, reported)
            yield Loaded(
                paper_ids=np.ascontiguousarray(ids),
                figures=figures,
                corpus=Corpus(
                    titles=titles,
                    abstracts=abstracts,
                    vectors=vectors,
                    first_days=np.ascontiguousarray(first),
                    last_days=np.ascontiguousarray(last),
                    years=np.ascontiguousarray(years),
                    fields=np.ascontiguousarray(cells),
                    venues=_codes(venues),
                    authors=_groups(ids, statements.AUTHORS),
                    institutions=_groups(ids, statements.INSTITUTIONS),
                    references=np.where(references > 0, references, np.nan),
                    distances=places.distances,
                    neighbours=places.neighbours,
                    citations=citations,
                ),
            )
        finally:
            titles.close()
            abstracts.close()


def _texts(ids: Integers, folder: Path) -> tuple[TextFile, TextFile]:
    """Title and abstract of each row; empty for a paper that went since its number was read."""
    titles, abstracts = TextFile(folder / "titles"), TextFile(folder / "abstracts")
    wanted = iter(ids.tolist())
    turn = next(wanted, None)
    with connection.chunked_cursor() as cursor:
        cursor.execute(statements.TEXTS)
        while rows := cursor.fetchmany(2_000):
            for paper_id, title, abstract in rows:
                while turn is not None and turn < paper_id:
                    titles.write("")
                    abstracts.write("")
                    turn = next(wanted, None)
                if turn == paper_id:
                    titles.write(title)
                    abstracts.write(abstract)
                    turn = next(wanted, None)
    for _rest in range(len(ids) - titles.written):
        titles.write("")
        abstracts.write("")
    titles.close_writing()
    abstracts.close_writing()
    return titles, abstracts


def _codes(values: Integers) -> Integers:
    """Numbers from 0 in place of ids, -1 for -1."""
    known, codes = np.unique(values, return_inverse=True)
    return (codes - 1 if len(known) and known[0] < 0 else codes).astype(np.int64)


def _groups(ids: Integers, query: str) -> Groups:
    """The members of each paper, in the order that the query lists them."""
    pairs = read_integers(query, columns=2)
    rows = rows_among(ids, pairs[:, 0])
    rows, members = rows[rows >= 0], pairs[rows >= 0, 1]
    lengths = np.bincount(rows, minlength=len(ids))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    return Groups(starts=starts.astype(np.int64), members=_codes(members))


def _citations(ids: Integers, last_days: Integers, reported: Integers) -> tuple[str, Citations]:
    """Counted citations with their days where the portal holds enough of them, else what sources report."""
    pairs = read_integers(statements.CITATIONS, columns=2)
    cited, citing = rows_among(ids, pairs[:, 0]), rows_among(ids, pairs[:, 1])
    both = (cited >= 0) & (citing >= 0)
    cited, citing = cited[both], citing[both]
    works_counted, works_reported = len(np.unique(cited)), int((reported > 0).sum())
    if works_counted and works_counted >= ENOUGH_COUNTED * works_reported:
        return COUNTED, DatedCitations(papers=len(ids), cited=cited, days=last_days[citing])
    return REPORTED, ReportedCitations(np.where(reported >= 0, reported, np.nan))
