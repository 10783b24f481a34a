"""Whatever is merged, split and undone, the numbers kept up by changes are those of a fresh computation."""

import random
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from metrics.models import AuthorMetrics
from metrics.selectors.merged_preview import cited_works, numbers_of_papers
from metrics.services.refresh import changes
from papers.models import Author, Authorship, RecordRevision
from papers.services.author_revisions import RevisionRefused, merge_authors, split_author
from papers.services.undoing import undo_revision
from tests.metrics.services.test_refresh import full, refresh_changes
from tests.metrics.small_record import forget_numbers, make_record, stored

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TABLES = ("metrics_authormetrics", "metrics_papermetrics")


def act_at_random(chance: random.Random, by, now: datetime) -> None:
    standing = list(Author.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True))
    kind = chance.choice(["merge", "merge", "split", "undo"])
    if kind == "merge":
        merge_target, *merged = chance.sample(standing, min(len(standing), chance.randint(2, 3)))
        merge_authors(merge_target_id=merge_target, merged_ids=merged, by=by, reason="", now=now)
    elif kind == "split":
        author = chance.choice(standing)
        works = sorted(set(Authorship.objects.filter(author=author).values_list("paper_id", flat=True)))
        target = chance.choice([None, *standing])
        split_author(
            author_id=author,
            paper_ids=works[: len(works) // 2],
            to_author_id=target,
            by=by,
            reason="",
            now=now,
        )
    else:
        acts = list(RecordRevision.objects.filter(undone_at=None).order_by("pk").values_list("pk", flat=True))
        if acts:
            undo_revision(revision_id=chance.choice(acts), by=by, now=now)


def different(kept: list[str], fresh: list[str]) -> dict[str, object]:
    """What differs between two dumps of a table, column by column."""
    pairs = zip(map(orjson.loads, kept), map(orjson.loads, fresh), strict=True)
    return {
        f"{name} of {old.get('author_id') or old.get('paper_id')}": (old[name], new[name])
        for old, new in pairs
        for name in old
        if old[name] != new[name]
    }


@pytest.mark.parametrize("seed", [31, 32])
def test_numbers_after_random_merges_splits_and_undoings_equal_a_fresh_computation(seed, dana):
    make_record(seed, papers=30, authors=12, citations=150)
    full()
    chance, done = random.Random(seed), 0
    for step in range(14):
        try:
            act_at_random(chance, dana, NOW + timedelta(minutes=step))
            done += 1
        except RevisionRefused:
            continue
        if chance.random() < 0.4:
            changes.refresh_chunk(now=NOW)
    assert done > 4
    refresh_changes()
    kept = stored()
    for author in Author.objects.filter(merged_into=None, authorships__isnull=False).distinct():
        numbers, united = AuthorMetrics.objects.get(author=author), numbers_of_papers(cited_works([author.pk]))
        assert (numbers.works_count, numbers.h_index, numbers.g_index) == (united.works, united.h, united.g)
    assert not Authorship.objects.exclude(author__merged_into=None).exists()
    forget_numbers()
    full()
    for table in TABLES:
        assert different(kept[table], stored()[table]) == {}, table
