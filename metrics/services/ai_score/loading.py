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

from metrics.ai_score.corpus import Citations, Corpus, DatedCitations, Groups, Integers, SetCitations, Values
from metrics.embedding.model import EmbeddingModel
from metrics.models.papers import DIMENSION
from metrics.services.ai_score.neighbours import fill_vectors, find_neighbours
from metrics.services.ai_score.reading import read_integers
from metrics.services.ai_score.texts import TextFile
from metrics.sql import ai_score as statements

COUNTED, REPORTED, BOTH = "counted", "reported", "both"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Every dated work that stands, by paper id.

    corpus: its arrays, over the same rows as paper_ids. figures: which citations it is judged by, `counted`,
    `reported`, or `both`, each in reference sets of its own. Usable inside `loaded_corpus` only: its texts lie in a folder that goes when that ends.
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
        ids, first, last, years, cells, venues, references, evidence = papers.T
        titles, abstracts = _texts(ids, Path(folder))
        try:
            vectors: npt.NDArray[np.float32] = np.memmap(
                Path(folder) / "vectors", dtype=np.float32, mode="w+", shape=(max(len(ids), 1), DIMENSION)
            )[: len(ids)]
            (Path(folder) / "vectors").unlink()  # as with the texts: it stays as long as it is held
            fill_vectors(vectors, ids=ids, titles=titles, abstracts=abstracts, model=model)
            worded = np.flatnonzero([bool(text) for text in abstracts]).astype(np.int64)
            places = find_neighbours(
                vectors, ids=ids, worded=worded, first_days=first, last_days=last, model=model.name
            )
            figures, citations = _citations(ids, last, _sets_of(cells, years), evidence > 0)
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


def _sets_of(cells: Integers, years: Integers) -> Integers:
    """The reference set of each paper, by its field and year, as a number from 0."""
    _found, places = np.unique(np.stack((cells, years)), axis=1, return_inverse=True)
    return places.astype(np.int64)


def _citations(
    ids: Integers, last_days: Integers, sets: Integers, is_evidence: npt.NDArray[np.bool_]
) -> tuple[str, Citations]:
    """Figures of one kind in each set: counted where their lack is evidence, or one source's, whichever more papers have."""
    pairs = read_integers(statements.CITATIONS, columns=2)
    cited, citing = rows_among(ids, pairs[:, 0]), rows_among(ids, pairs[:, 1])
    both = (cited >= 0) & (citing >= 0)
    cited, citing = cited[both], citing[both]
    size = int(sets.max(initial=-1)) + 1
    reported, most_reported = _reported(ids, sets, size)
    is_counted = (np.bincount(sets[is_evidence], minlength=size) >= np.maximum(most_reported, 1))[sets] & is_evidence
    kept = is_counted[cited]
    counted = DatedCitations(papers=len(ids), cited=cited[kept], days=last_days[citing[kept]])
    is_any_reported = bool((~np.isnan(reported) & ~is_counted).any())
    figures = REPORTED if not is_counted.any() else BOTH if is_any_reported else COUNTED
    return figures, SetCitations(counted, reported, is_counted)


def _reported(ids: Integers, sets: Integers, size: int) -> tuple[Values, Integers]:
    """For each paper what the source says that speaks of the most papers of its set, NaN unknown; and of how many."""
    triples = read_integers(statements.REPORTED, columns=3)
    rows = rows_among(ids, triples[:, 0])
    rows, sources, counts = rows[rows >= 0], triples[rows >= 0, 1], triples[rows >= 0, 2]
    figures, most = np.full(len(ids), np.nan), np.zeros(size, dtype=np.int64)
    best = np.full(size, -1, dtype=np.int64)
    for source in np.unique(sources):
        number = np.bincount(sets[rows[sources == source]], minlength=size)
        best[number > most] = source
        most = np.maximum(most, number)
    chosen = best[sets[rows]] == sources
    figures[rows[chosen]] = counts[chosen]
    return figures, most
