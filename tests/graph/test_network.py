"""What the files hold, and that what changed after a build counts at once."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from graph.domain.files import Damaged, current_version
from graph.domain.network import RELATIONS
from graph.selectors import network
from graph.selectors.network import present_network
from graph.services.building import build_if_changed, build_network
from papers.models import Author, Authorship, Citation, Paper
from papers.services.author_revisions import merge_authors
from papers.services.bylines import disown_byline
from papers.services.privacy import set_listed
from papers.services.undoing import undo_revision
from tests.factories.library import cite, make_author, make_category, make_institution, make_paper, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(db):
    ada, ben, cleo = make_author("Ada Byron"), make_author("Ben Babbage"), make_author("Cleo Clark")
    first = make_paper(
        "First",
        by=[ada, ben],
        at=make_institution(),
        topics=[make_topic("Engines")],
        category=make_category(),
    )
    second = make_paper("Second", by=[ben, cleo])
    cite(second, first)
    Paper.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    return ada, ben, cleo, first, second


def pairs_of(name: str) -> set[tuple[int, int]]:
    held = present_network()
    _kind, _ = RELATIONS[name]
    rows = np.arange(1, 1 + max(Paper.objects.order_by("-id")[0].pk, Author.objects.order_by("-id")[0].pk))
    found = held.pairs(name, rows.astype(np.int64))
    return {(int(rows[o]), int(t)) for o, t in zip(found.owners, found.targets, strict=True)}


def bylines() -> set[tuple[int, int]]:
    return set(Authorship.objects.values_list("paper_id", "author_id"))


def test_without_files_the_network_is_read_from_the_tables(library):
    assert present_network().version == ""
    assert pairs_of("byline") == bylines()
    assert pairs_of("references") == set(Citation.objects.values_list("citing_id", "cited_id"))


def test_a_build_holds_what_the_tables_hold_and_nothing_is_read_beside_it(library, django_assert_num_queries):
    done = build_network(now=timezone.now())
    assert current_version(network.folder()) == done.version
    present_network()
    with django_assert_num_queries(2):
        held = present_network()
    assert held.version == done.version
    assert not len(held.changed)
    assert pairs_of("byline") == bylines() == {(w, a) for a, w in pairs_of("works_by")}
    ada, _ben, _cleo, first, second = library
    assert pairs_of("citing") == {(first.pk, second.pk)}
    assert held.reach("topics", np.array([first.pk])).size == 2  # a topic, and the field that stands for its category
    assert held.reach("affiliations", np.array([ada.pk])).size == 1


def test_a_new_work_counts_at_once_and_the_next_build_takes_it_in(library):
    build_network(now=timezone.now() - timedelta(minutes=30))
    ada, _ben, cleo, first, _second = library
    third = make_paper("Third", by=[ada, cleo])
    cite(third, first)
    assert (third.pk, cleo.pk) in pairs_of("byline")
    assert pairs_of("byline") == bylines()
    assert (first.pk, third.pk) in pairs_of("citing")
    assert build_if_changed(now=timezone.now() + timedelta(seconds=1)) is not None
    assert build_if_changed(now=timezone.now() + timedelta(seconds=2)) is None
    assert pairs_of("byline") == bylines()


def test_merges_corrections_and_their_undoing_count_at_once(library, dana):
    build_network(now=timezone.now())
    ada, ben, cleo, first, second = library
    now = timezone.now()
    act = merge_authors(merge_target_id=ada.pk, merged_ids=[cleo.pk], by=dana, reason="one person", now=now)
    assert pairs_of("byline") == {
        (first.pk, ada.pk),
        (first.pk, ben.pk),
        (second.pk, ben.pk),
        (second.pk, ada.pk),
    }
    undo_revision(revision_id=act.pk, by=dana, now=now)
    assert (second.pk, cleo.pk) in pairs_of("byline")
    assert (second.pk, ada.pk) not in pairs_of("byline")
    disown_byline(author_id=ben.pk, paper_id=first.pk, by=dana, reason="not mine", now=now)
    assert (first.pk, ben.pk) not in pairs_of("byline")
    assert pairs_of("byline") == bylines()


def test_an_opt_out_counts_at_once_and_so_does_its_end(library):
    build_network(now=timezone.now())
    _ada, ben, *_ = library
    set_listed(author_id=ben.pk, is_listed=False, now=timezone.now())
    assert ben.pk not in {author for _work, author in pairs_of("byline")}
    assert ben.pk not in {author for author, _work in pairs_of("works_by")}
    build_network(now=timezone.now())
    set_listed(author_id=ben.pk, is_listed=True, now=timezone.now())
    assert pairs_of("byline") == bylines()


def test_many_changed_works_are_counted_and_not_all_read(library, monkeypatch):
    monkeypatch.setattr(network, "MOST_RECENT", 1)
    held = present_network()
    assert (len(held.changed), held.behind) == (1, 1)


def test_damaged_files_are_said_to_be_and_the_next_build_mends_them(library):
    done = build_network(now=timezone.now())
    network.forget()
    (network.folder() / done.version / "byline.targets.low.npy").write_bytes(b"nonsense")
    with pytest.raises(Damaged):
        present_network()
    build_network(now=timezone.now() + timedelta(seconds=1))
    assert pairs_of("byline") == bylines()


def test_two_builds_are_kept_and_what_died_half_way_is_removed(library):
    now = timezone.now()
    (network.folder() / ".20200101T000000000000.77").mkdir(parents=True)
    for minute in range(4):
        build_network(now=now + timedelta(minutes=minute))
    assert len([path for path in network.folder().iterdir() if path.is_dir()]) == 2
