"""Every author's h, g, i10 and citations on real files, against a computation that knows no SQL.

The first records of each file; REAL_DATA=full takes all of them (some minutes).
"""

import lzma
import os
from collections import defaultdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import call_command

from metrics.formulas import counts, indices
from metrics.formulas.coverage import counted_citations
from metrics.models import AuthorMetrics, RefreshRun
from metrics.services.refresh import runs, working
from papers.models import Authorship, Citation, Paper, ReportedCitations, UnresolvedReference
from tests.house.sources import ROOT

FOLDER = Path(os.environ.get("REAL_DATA_DIR") or ROOT.parent / "shared" / "data") / "records"
FILES = ("paperscape.jsonl.xz", "acl.jsonl.xz")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RECORDS = None if os.environ.get("REAL_DATA") == "full" else 1_500

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_data,
    pytest.mark.skipif(
        not all((FOLDER / name).exists() for name in FILES),
        reason="the real files of REAL_DATA_DIR/records are absent",
    ),
]


@pytest.fixture
def imported(tmp_path):
    for name in FILES:
        path = tmp_path / name.removesuffix(".xz")
        with lzma.open(FOLDER / name, "rt") as lines, path.open("w") as copy:
            copy.writelines(islice(lines, RECORDS))
        call_command("import_records", str(path), "--no-refresh")


def test_every_authors_indices_equal_a_computation_in_plain_python(imported):
    run = runs.start_refresh(now=NOW, scope=RefreshRun.Scope.CITATIONS)
    run, _ = working.work_on(run_id=run.pk, clock=lambda: NOW, seconds=600)
    assert run.state == RefreshRun.State.DONE

    figures = figures_of_papers()
    works: dict[int, set[int]] = defaultdict(set)
    for author, heir, paper in Authorship.objects.values_list("author_id", "author__merged_into_id", "paper_id"):
        works[heir or author].add(paper)
    columns = ("author_id", "figures", "works_count", "cited_by_count", "h_index", "g_index", "i10_index")
    stored = {row[0]: row[1:] for row in AuthorMetrics.objects.filter(works_count__gt=0).values_list(*columns)}
    assert len(stored) == len(works)
    for author, papers in works.items():
        kind, cites = counts.one_kind([figures[paper] for paper in sorted(papers)])
        by_hand = (
            kind,
            len(papers),
            counts.citations_all(cites),
            indices.h_index(cites),
            indices.g_index(cites),
            indices.i10_index(cites),
        )
        assert stored[author] == by_hand, author
    assert {kind for kind, *_rest in stored.values()} > {"counted"}
    assert sum(h is not None for _kind, _works, _cited, h, *_rest in stored.values()) >= 30


def figures_of_papers() -> dict[int, dict[str, int | None]]:
    """What is known of each paper's citations, by kind: counted here, and by the source that reports it."""
    citing: dict[int, set[int]] = defaultdict(set)
    for one, other in Citation.objects.values_list("citing_id", "cited_id"):
        citing[other].add(one)
    could_cite = papers_that_could_cite()
    figures: dict[int, dict[str, int | None]] = {
        paper: {"counted": counted_citations(len(citing[paper]), len(later), sum(later))}
        for paper, later in could_cite.items()
    }
    for paper, source, count in ReportedCitations.objects.values_list("paper_id", "source", "count"):
        if paper in figures:
            figures[paper][source] = count
    return figures


def papers_that_could_cite() -> dict[int, list[bool]]:
    """For each paper those of its field, of its year or later: whether any reference of each is known; none if undated."""
    listed = {*Citation.objects.values_list("citing_id", flat=True)}
    listed |= {*UnresolvedReference.objects.values_list("citing_id", flat=True)}
    by_year: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    places = {}
    for paper in Paper.objects.filter(merged_into=None).select_related("primary_category"):
        category = paper.primary_category
        field = f"{category.scheme}:{category.code.split('.')[0]}" if category else ""
        places[paper.pk] = field, paper.published_year
        if paper.published_year is not None:
            by_year[field][paper.published_year].append(paper.pk in listed)
    later = {
        (field, year): [is_listed for other, lists in years.items() if other >= year for is_listed in lists]
        for field, years in by_year.items()
        for year in years
    }
    return {pk: later.get(place, []) for pk, place in places.items()}
