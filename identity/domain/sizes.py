"""How many groups of works without a common co-author each person has: many of them are seldom one person."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from identity.domain.corpus import Corpus, Ints


def company_groups(corpus: Corpus, person: Ints) -> tuple[Ints, Ints, Ints]:
    """(person, groups, works) of all who wrote with somebody; works by oneself, or by very many, are not counted.

    `person` has one number a mention. Two works are of one group where a short name stands beside the person on both.
    """
    rows = csr_array(corpus.bylines[corpus.paper_of])
    mention = np.repeat(np.arange(len(corpus), dtype=np.int64), np.diff(rows.indptr))
    beside = rows.indices.astype(np.int64)
    others = beside != corpus.key_of[mention]
    mention, beside = mention[others], beside[others]
    _, node = np.unique(person[mention] * np.int64(len(corpus.keys)) + beside, return_inverse=True)
    size = len(corpus) + int(node.max(initial=-1)) + 1
    graph = csr_array((np.ones(len(mention)), (mention, len(corpus) + node.ravel())), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    where = np.unique(mention)
    pairs = np.unique(np.stack((person[where], label[where])), axis=1)
    who, groups = np.unique(pairs[0], return_counts=True)
    works = np.unique(person[where], return_counts=True)[1]
    return who, groups, works
