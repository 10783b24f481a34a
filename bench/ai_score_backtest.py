"""The two backtests of docs/metrics/ai_score.md, from files in the record format, without a database.

    python -m bench.ai_score_backtest PATH --before 2023 [--cells category|venue|year] [--rolling 2020]

A file with references is judged by them (dated, strictly as known at the time); one without by its
reported counts (as of the day they were collected).
"""

from __future__ import annotations

import argparse
import calendar
import json
import lzma
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from metrics.ai_score.backtest import Backtest, Judgement, backtest, pooled
from metrics.ai_score.corpus import (
    Citations,
    Corpus,
    DatedCitations,
    Groups,
    Integers,
    ReportedCitations,
    known_percentiles,
)
from metrics.ai_score.features import build_features
from metrics.embedding.model import embedding_text, load_embedding_model
from metrics.novelty.neighbours import earlier_neighbours

Record = dict[str, Any]
NEIGHBOURS = 10


def days_of(published: str) -> tuple[int, int]:
    """First and last day a partial date can mean, as day numbers."""
    year, month, day = (*map(int, published.split("-")), 0, 0)[:3]
    if not month:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if not day:
        length = calendar.monthrange(year, month)[1]
        return date(year, month, 1).toordinal(), date(year, month, length).toordinal()
    return date(year, month, day).toordinal(), date(year, month, day).toordinal()


def codes(values: Sequence[str | None]) -> Integers:
    """A number for each distinct value, -1 for None."""
    numbers = {value: number for number, value in enumerate(sorted({v for v in values if v is not None}))}
    return np.array([-1 if value is None else numbers[value] for value in values], dtype=np.int64)


def groups(lists: Sequence[Sequence[str]]) -> Groups:
    """Groups of names, coded in alphabetical order."""
    numbers = {name: number for number, name in enumerate(sorted({name for part in lists for name in part}))}
    return Groups.of([[numbers[name] for name in part] for part in lists])


def citations_of(records: Sequence[Record], last_days: Integers) -> Citations:
    """Dated citations where the file has references, else the reported figures."""
    if not any(record.get("references") for record in records):
        counts = [record.get("cited_by_count") for record in records]
        return ReportedCitations(np.array([np.nan if c is None else c for c in counts], dtype=np.float64))
    rows = {pair: row for row, record in enumerate(records) for pair in record["ids"].items()}
    pairs = {
        (rows[pair], row)
        for row, record in enumerate(records)
        for reference in record.get("references", [])
        for pair in reference.items()
        if pair in rows and rows[pair] != row
    }
    cited, citing = np.array(sorted(pairs), dtype=np.int64).T
    return DatedCitations(papers=len(records), cited=cited, days=last_days[citing])


def reference_set_of(record: Record, kind: str) -> str | None:
    """What a paper is compared within, beside its year."""
    if kind == "category":
        return next(iter(record.get("categories", [])), None)
    return record.get("venue", {}).get("name") if kind == "venue" else "all"


def read_corpus(path: Path, cells: str) -> Corpus:
    """The arrays the score is learned from; embeds and searches neighbours on the way."""
    with lzma.open(path, "rt") as lines:
        records: list[Record] = [json.loads(line) for line in lines]
    first, last = np.array([days_of(r["published"]) for r in records], dtype=np.int64).T
    abstracts = [record.get("abstract", "") for record in records]
    titles = [record["title"] for record in records]
    texts = [embedding_text(title=t, abstract=a) for t, a in zip(titles, abstracts, strict=True)]
    vectors = load_embedding_model().embed(texts)
    worded = np.flatnonzero([bool(abstract) for abstract in abstracts]).astype(np.int64)
    found = earlier_neighbours(vectors=vectors[worded], first_days=first[worded], last_days=last[worded], k=NEIGHBOURS)
    neighbours = np.full((len(records), NEIGHBOURS), -1, dtype=np.int64)
    neighbours[worded] = np.where(found.rows >= 0, worded[np.maximum(found.rows, 0)], -1)
    distances = np.full(len(records), np.nan)
    distances[worded] = 1 - found.cosines[:, :10].mean(axis=1)
    return Corpus(
        titles=titles,
        abstracts=abstracts,
        vectors=vectors,
        first_days=first,
        last_days=last,
        years=np.array([int(record["published"][:4]) for record in records], dtype=np.int64),
        fields=codes([reference_set_of(record, cells) for record in records]),
        venues=codes([_conference(record) for record in records]),
        authors=groups([[author["name"] for author in r.get("authors", [])] for r in records]),
        institutions=groups([_institutions(record) for record in records]),
        references=np.array([r.get("references_total") or np.nan for r in records], dtype=np.float64),
        distances=distances,
        neighbours=neighbours,
        citations=citations_of(records, last),
    )


def _conference(record: Record) -> str | None:
    venue = record.get("venue", {})
    return None if venue.get("type") == "repository" else venue.get("name")


def _institutions(record: Record) -> list[str]:
    names = [house["name"] for author in record.get("authors", []) for house in author.get("affiliations", [])]
    return sorted({_house(name) for name in names})


def _house(affiliation: str) -> str:
    """The part of an affiliation that names the university, where one does."""
    parts = [part.strip().casefold() for part in affiliation.replace(";", ",").split(",")]
    return next((p for p in parts if "univ" in p or "institute of tech" in p), parts[0])


def line(name: str, judgement: Judgement) -> str:
    """One row of the table."""
    return f"{name:<24}{judgement.spearman:>9.3f}{judgement.decile_lift:>9.2f}{judgement.coverage:>9.0%}"


def report(trial: Backtest) -> str:
    """A trial as a small table."""
    return "\n".join(
        (
            f"trained on {trial.trained_on} papers before {trial.before_year}, "
            f"judged on {trial.judged_on} of {trial.before_year}-{trial.last_year}",
            f"{'':<24}{'Spearman':>9}{'lift':>9}{'known':>9}",
            line("AI Score", trial.model),
            *(line(f"  {name.replace('_', ' ')}", row) for name, row in trial.blinded.items()),
            line("first author's mean", trial.first_author),
            line("best author's mean", trial.best_author),
            line("category's mean", trial.category),
            line("venue's mean", trial.venue),
            f"intervals of 80 % held {trial.interval_coverage:.1%}",
            f"beats all of them: {'yes' if trial.beats_baselines else 'no'}",
        )
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--before", type=int, required=True)
    parser.add_argument("--last", type=int)
    parser.add_argument("--cells", choices=("category", "venue", "year"), default="category")
    parser.add_argument("--rolling", type=int, help="also train anew for every year from this one on")
    chosen = parser.parse_args()
    started = time.perf_counter()
    corpus = read_corpus(chosen.path, chosen.cells)
    features = build_features(corpus)
    print(f"{len(corpus)} papers, features in {time.perf_counter() - started:.0f} s")
    print(report(backtest(corpus, before_year=chosen.before, last_year=chosen.last, features=features)))
    if chosen.rolling:
        happened = known_percentiles(corpus)
        last = chosen.last or int(corpus.years.max())
        trials = [
            backtest(corpus, before_year=year, last_year=year, features=features)
            for year in range(chosen.rolling, last + 1)
            if (~np.isnan(happened[corpus.years == year])).any()
        ]
        for trial in trials:
            print(line(f"trained before {trial.before_year}", trial.model))
        print(line("trained anew each year", pooled(trials)))
    print(f"{time.perf_counter() - started:.0f} s in all")


if __name__ == "__main__":
    main()
