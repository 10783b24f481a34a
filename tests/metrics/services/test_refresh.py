"""Numbers in the tables are those of the pure formulas, whichever way they came there."""

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from metrics.formulas import careers, collaborators, indices
from metrics.models import (
    AuthorMetrics,
    AuthorSnapshot,
    EntityMetrics,
    Overdue,
    ReferenceSet,
    RefreshRun,
    Stage,
)
from metrics.selectors.authors import numbers_of
from metrics.selectors.papers import numbers_of_paper
from metrics.services.refresh import backlog, changes, runs, working
from metrics.services.refresh.statements import AUTHOR_FORMULAS
from metrics.sql.changes import MARK_AUTHORS_OF
from papers.models import (
    Author,
    Authorship,
    Change,
    Paper,
    Topic,
)
from tests.metrics.small_record import (
    add_paper,
    cite,
    coverage,
    expected,
    forget_numbers,
    make_record,
    stored,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def full(sizes=None) -> RefreshRun:
    run = runs.start_refresh(now=NOW, sizes=sizes)
    run, _ = working.work_on(run_id=run.pk, clock=lambda: NOW, seconds=600)
    assert run.state == RefreshRun.State.DONE, list(run.items.exclude(failure="").values_list("stage", "failure"))
    return run


def refresh_changes() -> int:
    """Compute what waiting changes name, and settle what they left overdue; how many changes there were."""
    taken = changes.refresh_chunk(now=NOW).changes
    while backlog.settle(now=NOW).marks:
        pass
    return taken


def test_every_index_equals_the_pure_formula():
    record = make_record(1)
    full()
    wanted = expected(record, 2026)
    for numbers in AuthorMetrics.objects.all():
        figures = wanted.pop(numbers.author_id)
        assert {name: getattr(numbers, name) for name in figures} == figures
    assert not wanted


def test_career_figures_equal_the_pure_formulas():
    record = make_record(2)
    full()
    year_of = {pk: paper.published_year for pk, paper in record.papers.items()}
    covered = coverage(record)
    for numbers in AuthorMetrics.objects.filter(works_count__gt=0):
        own = {paper for paper, author in record.bylines if author == numbers.author_id}
        recent = {paper for paper in own if year_of[paper] in (2023, 2024)}
        counted = {paper for paper in recent if covered[paper] and covered[paper][1] >= 2025}
        edges = [(year_of[cited], year_of[citing]) for citing, cited in record.citations if cited in counted]
        mean = careers.mean_citedness_2y([year_of[paper] for paper in counted], edges, 2025)
        assert numbers.mean_citedness_2y == (mean if 2 * len(counted) >= len(recent) else None)
        assert numbers.m_quotient == careers.m_quotient(numbers.h_index, numbers.first_year, 2026)


def test_close_collaborators_are_those_of_the_formula():
    record = make_record(4)
    full()
    teams: dict[int, set[int]] = {}
    for paper, author in record.bylines:
        teams.setdefault(paper, set()).add(author)
    for numbers in AuthorMetrics.objects.all():
        joint: dict[int, list] = {}
        for paper, team in teams.items():
            if numbers.author_id in team:
                work = collaborators.JointWork(
                    record.papers[paper].published_year, max(2, record.papers[paper].author_count)
                )
                for other in team - {numbers.author_id}:
                    joint.setdefault(other, []).append(work)
        ties = collaborators.close_collaborators(joint, 2026)
        assert numbers.collaborator_count == len(ties)
        found = {row[0]: row[1:] for row in numbers.collaborators}
        assert found == {
            t.author: [t.joint_works, t.first_year, t.last_year, pytest.approx(t.strength, abs=1e-4)] for t in ties
        }


def test_fields_are_counted_by_year_and_kinds_are_listed():
    record = make_record(5)
    full()
    works: dict[int, set[int]] = {}
    for paper, author in record.bylines:
        works.setdefault(author, set()).add(paper)
    for numbers in AuthorMetrics.objects.all():
        papers = [record.papers[pk] for pk in works.get(numbers.author_id, ())]
        by_field: dict[int, Counter] = {}
        for paper in papers:
            if paper.primary_category_id:
                by_field.setdefault(paper.primary_category_id, Counter())[paper.published_year] += 1
        listed = {pk: (total, dict(years)) for pk, total, years in numbers.top_categories}
        assert listed == {
            pk: (years.total(), {year: n for year, n in years.items() if year}) for pk, years in by_field.items()
        }
        assert numbers.kinds == sorted({paper.kind for paper in papers})


def test_a_second_full_refresh_writes_nothing():
    make_record(5)
    full()
    before = stored()
    again = full()
    assert stored() == before
    assert sum(again.items.values_list("rows_written", flat=True)) == 0


def test_small_items_give_the_same_rows_as_large_ones():
    make_record(6)
    full()
    whole = stored()
    forget_numbers()
    full(sizes=dict.fromkeys(Stage, 20))
    assert stored() == whole


def test_an_import_touches_what_it_must_and_ends_as_a_full_refresh_would():
    record = make_record(7, papers=120, citations=700)
    full()
    chance = random.Random(70)
    known = sorted(record.papers)
    category = Paper.objects.exclude(primary_category=None).first().primary_category
    for n in range(8):
        paper = add_paper(record, chance, f"New {n}", date(2020 + n % 5, 2, 2), category)
        for cited in chance.sample(known, 6):
            cite(record, paper.pk, cited)
        Change.objects.create(kind="paper", object_id=paper.pk)
    assert refresh_changes() == 8
    incremental = stored()
    assert not Change.objects.exists()
    # What waits for its vector is the other refresh's work.
    full()
    assert [row.replace("waiting", "no_abstract") for row in incremental["metrics_authormetrics"]] == stored()[
        "metrics_authormetrics"
    ]
    for table in ("metrics_referenceset", "metrics_entitymetrics", "metrics_authorsnapshot"):
        assert incremental[table] == stored()[table]


def cited_by_a_newcomer(record) -> tuple[Paper, Author]:
    """A paper that an import's one work cites, and the author of it alone that the work does not name."""
    full()
    cited = next(paper for paper in record.papers.values() if paper.author_count == 1)
    author = Author.objects.get(authorships__paper=cited)
    paper = add_paper(record, random.Random(2), "A newcomer", date(2024, 1, 1), None)
    Authorship.objects.filter(paper=paper, author=author).delete()
    cite(record, paper.pk, cited.pk)
    Change.objects.create(kind="paper", object_id=paper.pk)
    return cited, author


def test_a_cited_work_has_its_count_at_once_and_what_is_behind_says_so():
    cited, author = cited_by_a_newcomer(make_record(16))
    before = AuthorMetrics.objects.get(author=author)
    changes.refresh_chunk(now=NOW)
    counted = Paper.objects.get(pk=cited.pk).counted_citation_count
    assert counted == cited.citations.count()
    assert numbers_of_paper(cited.pk).is_overdue
    now = numbers_of(author.pk)
    assert (now.is_overdue, now.counts_by_year) == (True, before.counts_by_year)
    while backlog.settle(now=NOW).marks:
        pass
    now = numbers_of(author.pk)
    assert (now.is_overdue, sum(n or 0 for _, _, n in now.counts_by_year)) == (
        False,
        sum(n or 0 for _, _, n in before.counts_by_year) + 1,
    )
    assert not numbers_of_paper(cited.pk).is_overdue


def test_the_newcomers_own_authors_are_not_behind():
    record = make_record(17)
    cited_by_a_newcomer(record)
    changes.refresh_chunk(now=NOW)
    paper = max(record.papers)
    for author in Author.objects.filter(authorships__paper=paper):
        numbers = AuthorMetrics.objects.get(author=author)
        assert numbers.works_count == author.authorships.values("paper").distinct().count()


def test_a_full_refresh_takes_away_the_marks_that_it_met_and_no_others():
    cited_by_a_newcomer(make_record(18))
    changes.refresh_chunk(now=NOW)
    run = runs.start_refresh(now=NOW)
    met = Overdue.objects.filter(kind="author").order_by("object_id").first()
    with connection.cursor() as cursor:  # marked again while the run is at work
        cursor.execute(
            MARK_AUTHORS_OF,
            {"papers": list(Paper.objects.filter(authorships__author_id=met.object_id).values_list("pk", flat=True))},
        )
    working.work_on(run_id=run.pk, clock=lambda: NOW, seconds=60)
    assert met.object_id in Overdue.objects.values_list("object_id", flat=True)
    assert not Overdue.objects.filter(kind="paper").exists()
    assert Overdue.objects.exclude(run=None).count() == 0


def test_a_cancelled_refresh_leaves_the_marks():
    cited_by_a_newcomer(make_record(19))
    changes.refresh_chunk(now=NOW)
    marks = Overdue.objects.count()
    runs.cancel_refresh(run_id=runs.start_refresh(now=NOW).pk, now=NOW)
    assert Overdue.objects.count() == marks > 0
    assert ("metrics.refresh_stale", {}) in working.lost_bells(now=NOW)


def test_untouched_authors_are_left_alone():
    record = make_record(8)
    full()
    stranger = Author.objects.create(name="Far Away", key="far away", family_key="away", search_text="far away")
    full()
    AuthorMetrics.objects.filter(author=stranger).update(works_count=99)
    cited, other = sorted(record.papers)[0], sorted(record.papers)[-1]
    record.citations.discard((other, cited))
    Change.objects.create(kind="paper", object_id=other)
    refresh_changes()
    assert AuthorMetrics.objects.get(author=stranger).works_count == 99


def test_merged_records_count_each_work_once_and_part_again_unharmed():
    record = make_record(9)
    full()
    alone = stored()
    one, two = record.authors[:2]
    Author.objects.filter(pk=two.pk).update(merged_into=one)
    for author in (one, two):
        Change.objects.create(kind="author", object_id=author.pk)
    refresh_changes()
    wanted = expected(record, 2026)[one.pk]
    numbers = AuthorMetrics.objects.get(author=one)
    assert {name: getattr(numbers, name) for name in wanted} == wanted
    assert not AuthorMetrics.objects.filter(author=two).exists()
    merged = stored()
    forget_numbers()
    full()
    for table in ("metrics_authormetrics", "metrics_entitymetrics"):
        assert stored()[table] == merged[table]

    Author.objects.filter(pk=two.pk).update(merged_into=None)
    for author in (one, two):
        Change.objects.create(kind="author", object_id=author.pk)
    refresh_changes()
    assert stored()["metrics_authormetrics"] == alone["metrics_authormetrics"]


def test_bylines_carry_the_shown_figure_and_its_relevance():
    from papers.domain.ranking import relevance

    make_record(10)
    full()
    for byline in Authorship.objects.select_related("paper"):
        paper = byline.paper
        assert byline.shown_citation_count == paper.shown_citation_count
        assert byline.relevance == pytest.approx(
            relevance(citations=paper.shown_citation_count, published=paper.published_date), abs=1e-9
        )


def test_topics_that_stand_for_a_category_have_its_works():
    record = make_record(11)
    full()
    in_categories = sum(paper.primary_category_id is not None for paper in record.papers.values())
    topics = EntityMetrics.objects.filter(kind="topic")
    assert sum(topics.values_list("works_count", flat=True)) == in_categories


def test_the_people_of_a_subject_are_counted_over_all_its_works():
    record = make_record(13)
    full()
    for topic in Topic.objects.all():
        works: dict[int, set[int]] = {}
        for paper, author in record.bylines:
            if record.papers[paper].primary_category_id == topic.category_id:
                works.setdefault(author, set()).add(paper)
        ordered = sorted(works, key=lambda author: (-len(works[author]), author))
        numbers = EntityMetrics.objects.get(kind="topic", object_id=topic.pk)
        assert numbers.people == [[author, len(works[author])] for author in ordered[:20]]
        assert numbers.people_count == len(works)


def test_the_indices_of_a_subject_are_those_of_the_formulas():
    make_record(13)
    full()
    for topic in Topic.objects.exclude(category=None):
        works = Paper.objects.filter(primary_category_id=topic.category_id, merged_into=None)
        kinds = [
            list(works.values_list(column, flat=True))
            for column in ("counted_citation_count", "reported_citation_count")
        ]
        figures = max(kinds, key=lambda kind: sum(figure is not None for figure in kind))
        numbers = EntityMetrics.objects.get(kind="topic", object_id=topic.pk)
        assert (numbers.h_index, numbers.i10_index) == (indices.h_index(figures), indices.i10_index(figures))
        assert numbers.cited_by_count == sum(figure or 0 for figure in figures)
        assert numbers.known_count == sum(figure is not None for figure in figures)


def test_cells_and_topics_that_an_import_cannot_afford_wait_as_stale(monkeypatch):
    record = make_record(12)
    full()
    monkeypatch.setattr(changes, "CELL_BUDGET", 0)
    monkeypatch.setattr(changes, "ENTITY_BUDGET", 1)
    paper = add_paper(
        record,
        random.Random(1),
        "One more",
        date(2024, 1, 1),
        Paper.objects.exclude(primary_category=None).exclude(published_date=None).first().primary_category,
    )
    for cited in sorted(record.papers)[:20]:
        cite(record, paper.pk, cited)
    Change.objects.create(kind="paper", object_id=paper.pk)
    changes.refresh_chunk(now=NOW)
    assert ReferenceSet.objects.filter(is_stale=True).exists()
    while backlog.settle(now=NOW).marks:
        pass
    assert not ReferenceSet.objects.filter(is_stale=True).exists()
    assert not EntityMetrics.objects.filter(is_stale=True).exists()
    after = stored()
    full()
    for table in ("metrics_authormetrics", "metrics_entitymetrics"):
        assert stored()[table] == after[table]


def test_each_month_keeps_a_snapshot_of_every_author_with_works():
    make_record(13)
    full()
    with_works = AuthorMetrics.objects.filter(works_count__gt=0).count()
    assert AuthorSnapshot.objects.filter(month=date(2026, 11, 1)).count() == with_works
    next_month = datetime(2026, 12, 1, 1, tzinfo=UTC)
    run = runs.start_refresh(now=next_month)
    working.work_on(run_id=run.pk, clock=lambda: next_month, seconds=60)
    assert AuthorSnapshot.objects.count() == 2 * with_works


def test_an_author_without_works_has_no_index_rather_than_zero():
    author = Author.objects.create(name="New Person", key="new person", family_key="person", search_text="new person")
    full()
    numbers = AuthorMetrics.objects.get(author=author)
    assert (numbers.works_count, numbers.h_index, numbers.g_index, numbers.h5_index) == (0, None, None, None)


def test_a_full_refresh_takes_over_the_changes_that_wait():
    make_record(14)
    Change.objects.create(kind="paper", object_id=1)
    full()
    assert not Change.objects.exists()


def test_numbers_say_by_which_version_they_were_made():
    make_record(15)
    full()
    assert AuthorMetrics.objects.first().versions[AUTHOR_FORMULAS.index("h_index")] == 2
    with connection.cursor() as cursor:
        cursor.execute("UPDATE metrics_authormetrics SET versions = '{}'")
    full()
    assert AuthorMetrics.objects.filter(versions=[]).count() == 0
