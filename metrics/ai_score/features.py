"""The features of a paper, all known when it appeared, under names that can be explained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.ai_score.corpus import Corpus, Groups, Integers, Values
from metrics.ai_score.record import (
    AuthorsBefore,
    TrackRecord,
    authors_before,
    team,
    track_record_of,
    turn_of,
    yearly_standings,
)


@dataclass(frozen=True, slots=True)
class Feature:
    """A column. group: what a reader is told it is part of. direction: 1 where more can only raise the score."""

    name: str
    group: str
    direction: int = 0


def _record(name: str, group: str) -> Feature:
    return Feature(name, group, 1)


WORDING = Feature("wording", "wording", 1)
FIELD = Feature("field", "category")
FEATURES: tuple[Feature, ...] = (
    *(_record(f"author_leaning_{who}", "author_record") for who in ("first", "last", "most", "mean", "least")),
    *(_record(f"author_mean_{who}", "author_record") for who in ("first", "last", "most", "mean")),
    _record("author_best_paper", "author_record"),
    _record("author_top_papers", "author_record"),
    *(Feature(f"author_papers_{who}", "author_output") for who in ("first", "last", "most", "mean")),
    *(Feature(f"author_h_{who}", "author_h") for who in ("first", "last", "most")),
    *(Feature(f"author_citations_{who}", "author_citations") for who in ("first", "last", "most")),
    *(Feature(f"author_years_{who}", "career") for who in ("first", "most")),
    Feature("newcomers", "career"),
    Feature("team_size", "team_size"),
    _record("institution_leaning_most", "institutions"),
    _record("institution_leaning_mean", "institutions"),
    Feature("institutions", "institutions"),
    _record("venue_leaning", "venue"),
    _record("neighbours_standing", "neighbours"),
    Feature("distance", "novelty"),
    Feature("references", "references"),
    Feature("day_of_year", "time_of_year"),
    *(Feature(name, "length") for name in ("title_words", "title_length", "abstract_words", "abstract_variety")),
    *(Feature(name, "style") for name in ("title_colon", "title_question", "formulas", "digits", "names_code")),
    FIELD,
    WORDING,
)
NAMES = tuple(feature.name for feature in FEATURES)
GROUPS = tuple(dict.fromkeys(feature.group for feature in FEATURES))


def build_features(corpus: Corpus) -> Values:
    """(papers, features) in the order of FEATURES; NaN is unknown. The wording column is left NaN: the
    model that reads wording is itself trained, and fills it."""
    columns = {name: np.full(len(corpus), np.nan) for name in NAMES}
    _fill_record(columns, corpus)
    _fill_output(columns, corpus, authors_before(corpus))
    _fill_text(columns, corpus)
    columns["team_size"] = corpus.authors.lengths.astype(np.float64)
    columns["institutions"] = corpus.institutions.lengths.astype(np.float64)
    columns["references"] = corpus.references
    columns["distance"] = corpus.distances
    columns["day_of_year"] = _day_of_year(corpus)
    columns["field"] = corpus.fields.astype(np.float64)
    return np.column_stack([columns[name] for name in NAMES])


def _fill_record(columns: dict[str, Values], corpus: Corpus) -> None:
    venues = Groups.of([[venue] if venue >= 0 else [] for venue in corpus.venues.tolist()])
    for year, percentiles in yearly_standings(corpus).items():
        rows = np.flatnonzero(corpus.years == year)
        ages = (turn_of(year) - corpus.first_days) / 365.25
        authors = _track_record(corpus.authors, percentiles, ages, caution=1.5)
        places = corpus.authors.members
        _put(columns, rows, "author_leaning", team(corpus.authors, authors.leaning[places], rows))
        _put(columns, rows, "author_mean", team(corpus.authors, authors.mean[places], rows))
        columns["author_best_paper"][rows] = team(corpus.authors, authors.best[places], rows)["most"]
        columns["author_top_papers"][rows] = team(corpus.authors, authors.top[places], rows)["most"]
        houses = _track_record(corpus.institutions, percentiles, ages, caution=3.0)
        of_houses = houses.leaning[corpus.institutions.members]
        _put(columns, rows, "institution_leaning", team(corpus.institutions, of_houses, rows))
        halls = _track_record(venues, percentiles, ages, caution=10.0)
        columns["venue_leaning"][rows] = team(venues, halls.leaning[venues.members], rows)["first"]
        columns["neighbours_standing"][rows] = _mean_percentile(corpus.neighbours[rows], percentiles)


def _day_of_year(corpus: Corpus) -> Values:
    """Days since January 1, of the middle of what the date can mean; NaN for a year alone."""
    turns = np.array([turn_of(int(year)) for year in corpus.years], dtype=np.float64)
    middle = (corpus.first_days + corpus.last_days) / 2 - turns
    return np.where(corpus.last_days - corpus.first_days < 300, middle, np.nan)


def _track_record(groups: Groups, percentiles: Values, ages: Values, caution: float) -> TrackRecord:
    return track_record_of(
        owners=groups.owners,
        members=groups.members,
        size=groups.size,
        percentiles=percentiles,
        ages=ages,
        caution=caution,
    )


def _put(columns: dict[str, Values], rows: Integers, stem: str, values: dict[str, Values]) -> None:
    for who, column in values.items():
        if f"{stem}_{who}" in columns:
            columns[f"{stem}_{who}"][rows] = column


def _mean_percentile(neighbours: Integers, percentiles: Values) -> Values:
    """Mean percentile of each paper's nearest earlier papers that have one; NaN where none has."""
    near = np.where(neighbours >= 0, percentiles[np.maximum(neighbours, 0)], np.nan)
    number = (~np.isnan(near)).sum(axis=1)
    mean = np.full(len(near), np.nan)
    np.divide(np.nansum(near, axis=1), number, out=mean, where=number > 0)
    return mean


def _fill_output(columns: dict[str, Values], corpus: Corpus, before: AuthorsBefore) -> None:
    rows = np.arange(len(corpus), dtype=np.int64)
    _put(columns, rows, "author_papers", team(corpus.authors, before.papers, rows))
    _put(columns, rows, "author_h", team(corpus.authors, before.h, rows))
    _put(columns, rows, "author_citations", team(corpus.authors, np.log1p(before.citations), rows))
    _put(columns, rows, "author_years", team(corpus.authors, before.active_years, rows))
    new = np.where(before.papers == 0, 1.0, 0.0)
    columns["newcomers"] = team(corpus.authors, new, rows)["mean"]


def _fill_text(columns: dict[str, Values], corpus: Corpus) -> None:
    for row, (title, abstract) in enumerate(zip(corpus.titles, corpus.abstracts, strict=True)):
        columns["title_words"][row] = len(title.split())
        columns["title_length"][row] = len(title)
        columns["title_colon"][row] = ":" in title
        columns["title_question"][row] = "?" in title
        if not abstract:
            continue
        words = abstract.lower().split()
        columns["abstract_words"][row] = len(words)
        columns["abstract_variety"][row] = len(set(words))
        columns["formulas"][row] = abstract.count("$") // 2
        columns["digits"][row] = sum(letter.isdigit() for letter in abstract)
        columns["names_code"][row] = "github" in abstract.lower() or "code" in words
