"""A small record in the database in which good authors and good words are cited more."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from metrics.models import ScoreModel
from papers.models import Author, Authorship, Category, Citation, Paper, ReportedCitations, Venue

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = ["lattice", "kernel", "graph", "proof", "signal", "market", "protein", "orbit"]
# With the title and the rest of an abstract more than the 20 words of a text that can be compared.
LONG_ENOUGH = "This is one of the cases that have not been solved, and it is also used for our results."
SOURCE = "test"
PER_YEAR = 80


def make_record(*, years=5, first_year=2015, reported=True, venue=True, seed=5) -> list[Paper]:
    """years × 80 papers by 30 authors, from rng(seed), with citations that a source reports of each; the last two can be judged."""
    random = np.random.default_rng(seed)
    authors = Author.objects.bulk_create(
        Author(name=f"Person {n}", key=f"person {n}", family_key="person", search_text=f"person {n}") for n in range(30)
    )
    hall = Venue.objects.create(name="Meeting", key="meeting", kind="conference") if venue else None
    skill = random.normal(size=30)
    papers, bylines = [], []
    for n in range(years * PER_YEAR):
        day = date(first_year + n // PER_YEAR, 1, 1) + timedelta(days=int(random.integers(0, 360)))
        byline = random.choice(30, size=random.integers(1, 4), replace=False).tolist()
        theme = int(random.integers(0, 8))
        count = int(random.poisson(np.exp(0.6 + skill[byline].max() + (theme - 3.5) / 4)))
        papers.append(
            Paper(
                title=f"On the {WORDS[theme]} problem, part {n}",
                abstract=f"We study a {WORDS[theme]} and its {WORDS[(theme + 1) % 8]}. {LONG_ENOUGH} Case {n}.",
                kind="conference-paper",
                published_date=day,
                published_precision="D",
                venue=hall,
                reported_citation_count=count if reported else None,
                author_count=len(byline),
            )
        )
        bylines.append(byline)
    papers = Paper.objects.bulk_create(papers)
    sign(papers, [[authors[who] for who in byline] for byline in bylines])
    if reported:
        ReportedCitations.objects.bulk_create(
            ReportedCitations(paper=paper, source=SOURCE, count=paper.reported_citation_count) for paper in papers
        )
    return papers


def sign(papers, bylines) -> None:
    Authorship.objects.bulk_create(
        Authorship(paper=paper, position=place, author=author, printed_name=author.name)
        for paper, byline in zip(papers, bylines, strict=True)
        for place, author in enumerate(byline, start=1)
    )


def cite_earlier(papers, *, seed=7) -> None:
    """Every paper cites three that came before it."""
    random = np.random.default_rng(seed)
    by_day = sorted(papers, key=lambda paper: (paper.published_date, paper.pk))
    Citation.objects.bulk_create(
        Citation(citing=by_day[n], cited=by_day[int(m)], source="test")
        for n in range(3, len(by_day))
        for m in random.choice(n, size=3, replace=False)
    )


def make_category(code="cs.LG") -> Category:
    return Category.objects.create(code=code)


def judgement(spearman, *, lift=2.0, coverage=1.0) -> dict:
    return {"spearman": spearman, "decile_lift": lift, "coverage": coverage}


def make_version(version=1, *, spearman=0.4, best_author=0.27, active=False, sample=(), **more) -> ScoreModel:
    """A version as training stores it, without a model in it."""
    beats = spearman is not None and spearman > best_author
    code = "beats_baselines" if beats else "ranks_nothing" if spearman is None else "loses_to_baseline"
    figures = {
        "before_year": 2018,
        "last_year": 2019,
        "trained_on": 240,
        "judged_on": 160,
        "figures": "reported",
        "papers": 400,
        "scorable": 400,
        "base": 50.0,
        "sample": [list(pair) for pair in sample],
        "model": judgement(spearman),
        "baselines": {
            "first_author": judgement(0.1),
            "best_author": judgement(best_author),
            "category": judgement(None),
            "venue": judgement(0.0),
        },
        "verdict": {"code": code, "baseline": "best_author" if code == "loses_to_baseline" else ""},
    }
    return ScoreModel.objects.create(
        version=version,
        formula="ai_score@1",
        cut_off_date=date(2019, 12, 31),
        trained_at=NOON,
        paper_count=400,
        backtest=figures,
        beats_baselines=beats,
        reason=code,
        is_active=active,
        content=b"",
        **more,
    )
