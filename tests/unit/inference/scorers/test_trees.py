"""Boosted trees: rows go where their numbers send them."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.trees import BoostedTrees


def two_trees() -> BoostedTrees:
    """One tree of two questions, one of a single leaf."""
    return BoostedTrees(
        baseline=10.0,
        depth=2,
        feature=np.asarray([[1, 0, 0, 0, 0], [0, 0, 0, 0, 0]], np.int16),
        threshold=np.asarray([[0.5, -1.0, 0, 0, 0], [0, 0, 0, 0, 0]], np.float32),
        left=np.asarray([[1, 3, 2, 3, 4], [0, 1, 2, 3, 4]], np.int16),
        right=np.asarray([[2, 4, 2, 3, 4], [0, 1, 2, 3, 4]], np.int16),
        value=np.asarray([[0, 0, 5.0, 1.0, 2.0], [0.25, 9, 9, 9, 9]], np.float32),
    )


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        ((-2.0, 0.0), 11.25),
        ((-1.0, 0.5), 11.25),
        ((0.0, 0.5), 12.25),
        ((0.0, 0.6), 15.25),
    ],
)
def test_a_row_ends_in_its_leaf(row: tuple[float, float], mark: float) -> None:
    """At a threshold it goes left."""
    found = two_trees().predict(np.asarray([row], np.float32))
    assert found == pytest.approx([mark])


def test_trees_are_read_as_they_were_written() -> None:
    """Also no rows at all are answered."""
    trees = two_trees()
    again = BoostedTrees.from_arrays(trees.arrays())
    rows = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)

    assert again.predict(rows) == pytest.approx(trees.predict(rows))
    assert again.predict(rows[:0]).shape == (0,)


def test_a_missing_table_is_told() -> None:
    """By its name."""
    arrays = two_trees().arrays()
    del arrays["value"]
    with pytest.raises(KeyError, match="value"):
        BoostedTrees.from_arrays(arrays)
