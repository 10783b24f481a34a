"""A small invented literature in which good authors and good words are cited more."""

from dataclasses import replace
from datetime import date

import numpy as np

from metrics.ai_score.corpus import Corpus, DatedCitations, Groups, ReportedCitations

FIRST_YEAR = 2010
PER_YEAR = 90
WORDS = ["lattice", "kernel", "graph", "proof", "signal", "market", "protein", "orbit"]


def invented_corpus(*, years=8, seed=3, dated=True) -> Corpus:
    """years × 90 papers by 40 authors; citations come in the years that follow."""
    random = np.random.default_rng(seed)
    size = years * PER_YEAR
    of_year = np.repeat(np.arange(FIRST_YEAR, FIRST_YEAR + years), PER_YEAR)
    days = np.array([date(int(year), 1, 1).toordinal() for year in of_year]) + random.integers(0, 360, size)
    skill = random.normal(size=40)
    bylines = [random.choice(40, size=random.integers(1, 4), replace=False).tolist() for _ in range(size)]
    theme = random.integers(0, len(WORDS), size)
    appeal = np.array([skill[byline].max() for byline in bylines]) + (theme - 3.5) / 4
    counts = random.poisson(np.exp(0.6 + appeal))
    cited = np.repeat(np.arange(size), counts)
    citations = DatedCitations(papers=size, cited=cited, days=days[cited] + random.integers(30, 900, len(cited)))
    vectors = random.normal(size=(size, 8)).astype(np.float32)
    corpus = Corpus(
        titles=[f"On the {WORDS[word]} problem" for word in theme],
        abstracts=[
            f"We study a {WORDS[word]} and its {WORDS[(word + 1) % 8]}. Paper {n}." for n, word in enumerate(theme)
        ],
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        first_days=days,
        last_days=days,
        years=of_year,
        fields=random.integers(0, 2, size),
        venues=random.integers(-1, 3, size),
        authors=Groups.of(bylines),
        institutions=Groups.of([[byline[0] // 8] for byline in bylines]),
        references=random.integers(5, 60, size).astype(np.float64),
        distances=random.random(size),
        neighbours=np.full((size, 5), -1),
        citations=citations,
    )
    return corpus if dated else replace(corpus, citations=ReportedCitations(counts.astype(np.float64)))


def rows_of(corpus: Corpus, rows) -> Corpus:
    """The same corpus with only some of its papers (their citations kept), in the order given."""
    groups = {
        name: Groups.of(
            [members[a:b].tolist() for a, b in zip(starts[rows], starts[np.asarray(rows) + 1], strict=True)]
        )
        for name, starts, members in (
            ("authors", corpus.authors.starts, corpus.authors.members),
            ("institutions", corpus.institutions.starts, corpus.institutions.members),
        )
    }
    place = {int(row): number for number, row in enumerate(rows)}
    kept = [
        (place[int(paper)], day) for paper, day in zip(*corpus.citations.events, strict=True) if int(paper) in place
    ]
    cited, days = np.array(kept).T
    arrays = (
        "vectors",
        "first_days",
        "last_days",
        "years",
        "fields",
        "venues",
        "references",
        "distances",
        "neighbours",
    )
    return replace(
        corpus,
        titles=[corpus.titles[row] for row in rows],
        abstracts=[corpus.abstracts[row] for row in rows],
        citations=DatedCitations(papers=len(rows), cited=cited, days=days),
        **{name: getattr(corpus, name)[rows] for name in arrays},
        **groups,
    )
