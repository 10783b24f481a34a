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
from metrics.models import AuthorMetrics, RefreshRun
from metrics.services.refresh import runs, working
from papers.models import Authorship, Citation, Paper
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

    citing: dict[int, set[int]] = defaultdict(set)
    for one, other in Citation.objects.values_list("citing_id", "cited_id"):
        citing[other].add(one)
    shown = {
        paper: counts.shown_citations(len(citing[paper]), [reported])
        for paper, reported in Paper.objects.filter(merged_into=None).values_list("pk", "reported_citation_count")
    }
    works: dict[int, set[int]] = defaultdict(set)
    for author, heir, paper in Authorship.objects.values_list("author_id", "author__merged_into_id", "paper_id"):
        works[heir or author].add(paper)
    columns = ("author_id", "works_count", "cited_by_count", "h_index", "g_index", "i10_index")
    stored = {row[0]: row[1:] for row in AuthorMetrics.objects.filter(works_count__gt=0).values_list(*columns)}
    assert len(stored) == len(works)
    for author, papers in works.items():
        cites = [shown[paper] for paper in papers]
        by_hand = (
            len(papers),
            counts.citations_all(cites),
            indices.h_index(cites),
            indices.g_index(cites),
            indices.i10_index(cites),
        )
        assert stored[author] == by_hand, author
