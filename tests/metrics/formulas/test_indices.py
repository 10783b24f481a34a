"""Indices against brute force, and what must hold of them whatever the counts."""

from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.counts import citations_all, union_of_works
from metrics.formulas.indices import g_index, h_core, h_index, h_index_5y, i10_index

counts = st.lists(st.none() | st.integers(0, 60), max_size=40)
records = st.lists(st.dictionaries(st.integers(1, 30), st.integers(0, 60)), min_size=1, max_size=4)


def figures(citations):
    """The known ones, where at least half are."""
    have = [count for count in citations if count is not None]
    return have if 2 * len(have) >= len(citations) else []


@given(counts)
def test_h_is_the_largest_number_that_fits_its_definition(citations):
    have = figures(citations)
    fits = [h for h in range(len(have) + 1) if sum(count >= h for count in have) >= h]
    assert h_index(citations) == (max(fits) if have else None)


@given(counts)
def test_g_is_the_largest_number_that_fits_its_definition(citations):
    have = sorted(figures(citations), reverse=True)
    fits = [g for g in range(len(have) + 1) if sum(have[:g]) >= g * g]
    assert g_index(citations) == (max(fits) if have else None)


@given(counts)
def test_g_is_never_below_h_and_i10_counts_papers(citations):
    h, g, i10 = h_index(citations), g_index(citations), i10_index(citations)
    assert (h is None) == (g is None) == (i10 is None)
    if h is not None:
        assert h <= g <= len(figures(citations))
        assert i10 == len([count for count in figures(citations) if count >= 10])


@given(counts, st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_matter(citations, random):
    shuffled = list(citations)
    random.shuffle(shuffled)
    assert h_index(shuffled) == h_index(citations)
    assert g_index(shuffled) == g_index(citations)


@given(counts)
def test_h_core_says_what_the_next_point_lacks(citations):
    core = h_core(citations, outside=1)
    if core is None:
        assert h_index(citations) is None
        return
    assert len(core.core) == core.h
    raised = list(citations)
    for position in core.core_lacking:
        raised[position] += 1
    if not core.outside:
        raised.append(core.h + 1)
    for position, lacking in core.outside:
        assert lacking >= 1
        raised[position] += lacking
    assert h_index(raised) == core.h + 1


@given(st.lists(st.tuples(st.none() | st.integers(0, 30), st.none() | st.integers(2015, 2028)), max_size=30))
def test_h_within_five_years_is_h_of_the_papers_of_those_years(papers):
    recent = [count for count, year in papers if year in (2022, 2023, 2024, 2025, 2026)]
    citations, years = [count for count, _ in papers], [year for _, year in papers]
    assert h_index_5y(citations, years, 2026) == h_index(recent)


@given(records)
def test_merged_records_have_the_indices_of_their_union(records):
    shared = union_of_works(records)
    records = [{work: shared[work] for work in record} for record in records]
    fresh = {work: count for record in records for work, count in record.items()}
    merged = list(union_of_works(records).values())
    assert sorted(merged) == sorted(fresh.values())
    for index in (h_index, g_index, i10_index, citations_all):
        assert index(merged) == index(list(fresh.values()))
        assert (index(merged) or 0) >= max(index(list(record.values())) or 0 for record in records)


@given(records)
def test_splitting_a_merge_gives_back_what_each_record_had(records):
    shared = union_of_works(records)
    parts = [{work: shared[work] for work in record} for record in records]
    assert union_of_works([union_of_works(parts)]) == union_of_works(reversed(parts))
    for part in parts:
        assert h_index(list(union_of_works([part]).values())) == h_index(list(part.values()))
