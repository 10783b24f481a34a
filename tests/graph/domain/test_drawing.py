"""Labels never lie on one another, and the same picture is drawn the same."""

import numpy as np
import pytest

from graph.domain.labels import Mark, set_labels
from graph.domain.layout import by_year, lay_out, spread


def star(count: int):
    return [(0, other, 1.0) for other in range(1, count)] + [(n, n + 1, 0.5) for n in range(1, count - 1, 3)]


@pytest.mark.parametrize("count", [1, 2, 12, 48, 300])
def test_places_are_the_same_each_time_and_inside_the_box(count):
    first, again = lay_out(count, star(count)), lay_out(count, star(count))
    assert np.array_equal(first, again)
    assert ((first >= 0) & (first <= 1)).all()


def test_what_nothing_ties_still_has_a_place():
    assert np.isfinite(lay_out(5, [(0, 1, 1.0)])).all()


@pytest.mark.parametrize("seed", range(6))
def test_labels_keep_off_each_other_off_nodes_and_inside_the_picture(seed):
    rng = np.random.default_rng(seed)
    sizes = np.column_stack([rng.uniform(40, 150, 45), np.full(45, 22.0)])
    at = spread(lay_out(45, star(45)), sizes, width=800, height=520, margin=20)
    marks = [Mark(float(x), float(y), 5.0, float(w) - 12, 14.0) for (x, y), (w, _) in zip(at, sizes, strict=True)]
    labels = set_labels(marks, width=800, height=520)
    placed = [label.box for label in labels if label]
    assert len(placed) >= 40
    for index, box in enumerate(placed):
        assert box.left >= 0
        assert box.right <= 800
        assert box.top >= 0
        assert box.bottom <= 520
        assert not any(box.meets(other) for other in placed[index + 1 :])
    for mark, label in zip(marks, labels, strict=True):
        others = [m for m in marks if m is not mark]
        assert label is None or not any(
            label.box.left < m.x < label.box.right and label.box.top < m.y < label.box.bottom for m in others
        )


def test_a_pinned_node_stays_where_it_was_put():
    at = spread(lay_out(9, star(9)), np.full((9, 2), 30.0), width=400, height=300, margin=10, held={4: (33.0, 44.0)})
    assert at[4].tolist() == [33.0, 44.0]


def test_lineage_runs_from_the_first_year_to_the_last():
    moved = by_year([1990, 2000, None, 2010], np.full((4, 2), 0.3))
    assert moved[:, 0].tolist() == [0.0, 0.5, 0.3, 1.0]
