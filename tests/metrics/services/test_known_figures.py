"""Which citation figures are known, of which kind a number is made, and that what nobody counted is no 0."""

from datetime import date

import pytest

from metrics.formulas import fields
from metrics.models import AuthorMetrics, PaperMetrics, ReferenceSet
from papers.models import Authorship, Category, Change, Citation, Paper, PaperCategory, ReportedCitations
from tests.factories.record import make_paper, make_venue
from tests.metrics.services.test_refresh import full, refresh_changes
from tests.metrics.small_record import cite, expected, make_record, stored

pytestmark = pytest.mark.django_db


def in_one_set(record, *, papers: int) -> None:
    """Put this many papers into one category, kind and year, and leave the others where they are."""
    category = Category.objects.order_by("pk").first()
    chosen = sorted(record.papers)[:papers]
    Paper.objects.filter(pk__in=chosen).update(
        primary_category=category, published_date=date(2020, 3, 3), published_precision="D"
    )
    PaperCategory.objects.filter(paper__in=chosen).delete()
    PaperCategory.objects.bulk_create(
        PaperCategory(paper_id=pk, category=category, position=1, published_date=date(2020, 3, 3)) for pk in chosen
    )


def test_papers_are_measured_against_a_sound_set_of_one_kind_of_figures():
    record = make_record(3, papers=120, citations=900)
    in_one_set(record, papers=70)
    full()
    sound = ReferenceSet.objects.get(year=2020, known_count__gt=0)
    members = Paper.objects.filter(primary_category=sound.category_id, published_date__year=2020)
    figures = {paper.pk: paper.counted_citation_count for paper in members}
    assert (sound.figures, sound.known_count, sound.works_count) == ("counted", len(figures), len(figures))
    assert None not in figures.values()
    for numbers in PaperMetrics.objects.all():
        figure = figures.get(numbers.paper_id)
        assert numbers.fwci == fields.field_weighted_impact(figure, list(figures.values()))
        assert numbers.citation_percentile == fields.citation_percentile(figure, list(figures.values()))
    assert not ReferenceSet.objects.exclude(pk=sound.pk).exclude(mean_citations=None).exists()


def test_a_set_that_most_of_a_source_reports_is_compared_by_that_source_alone():
    record = make_record(3, papers=120, citations=0)
    in_one_set(record, papers=70)
    chosen = sorted(record.papers)[:60]
    ReportedCitations.objects.all().delete()
    for place, pk in enumerate(chosen):
        ReportedCitations.objects.create(paper_id=pk, source="one", count=place)
        ReportedCitations.objects.create(paper_id=pk, source="two", count=1000 * place) if place < 55 else None
    full()
    assert ReferenceSet.objects.get(known_count__gt=0).figures == "one"
    known = PaperMetrics.objects.exclude(fwci=None)
    assert {row.paper_id: row.fwci for row in known} == {
        pk: fields.field_weighted_impact(place, range(60)) for place, pk in enumerate(chosen)
    }


def test_what_nobody_counted_is_unknown_and_not_nought():
    make_record(3, papers=40, citations=0)
    ReportedCitations.objects.all().delete()
    Paper.objects.update(reported_citation_count=None)
    full()
    assert not Paper.objects.exclude(shown_citation_count=None, counted_citation_count=None).exists()
    assert not Authorship.objects.exclude(shown_citation_count=None).exists()
    for numbers in AuthorMetrics.objects.all():
        found = (numbers.h_index, numbers.cited_by_count, numbers.citations_5y, numbers.known_count)
        assert found == (None, None, None, 0)
        assert all(cited is None for _year, _works, cited in numbers.counts_by_year)


def test_reference_lists_that_arrive_make_the_lack_of_citations_known():
    record = make_record(3, papers=60, citations=0)
    full()
    ids = sorted(record.papers)
    for citing in ids[:50]:
        cite(record, citing, ids[-1])
        Change.objects.create(kind="paper", object_id=citing)
    refresh_changes()
    incremental = stored()
    wanted = expected(record, 2026)
    for numbers in AuthorMetrics.objects.all():
        figures = wanted[numbers.author_id]
        assert {name: getattr(numbers, name) for name in figures} == figures
    assert Paper.objects.filter(counted_citation_count=0).count() > 5
    full()
    for table in (
        "metrics_citationcoverage",
        "metrics_authormetrics",
        "metrics_entitymetrics",
        "metrics_referenceset",
    ):
        assert [row.replace("waiting", "no_abstract") for row in incremental[table]] == stored()[table]


def test_reference_lists_of_one_venue_say_nothing_of_another_where_works_have_no_category():
    meeting, journal = make_venue("Meeting of Clockmakers"), make_venue("Annals of Skin")
    held = [make_paper(f"Clock {n}", venue=meeting, published=date(2020, 1, 1)) for n in range(40)]
    printed = [make_paper(f"Skin {n}", venue=journal, published=date(2010, 1, 1)) for n in range(40)]
    for citing in held[1:]:
        Citation.objects.create(citing=citing, cited=held[0], source="x")
    full()
    assert set(Paper.objects.filter(venue=meeting).values_list("counted_citation_count", flat=True)) == {0, 39}
    assert {paper.counted_citation_count for paper in Paper.objects.filter(pk__in=[one.pk for one in printed])} == {
        None
    }
