"""Groups of works without a common co-author."""

import numpy as np

from identity.domain.corpus import Byline, PaperFacts, build_corpus
from identity.domain.names import name_of
from identity.domain.sizes import company_groups


def paper(*names):
    return PaperFacts([Byline(name_of(*name.split(" "))) for name in names])


def test_works_that_share_a_co_author_are_one_group_and_works_by_oneself_are_none():
    corpus = build_corpus(
        [
            paper("Wei Wang", "Anna Ash"),
            paper("Wei Wang", "Anna Ash", "Bo Birch"),
            paper("Wei Wang", "Bo Birch"),
            paper("Wei Wang", "Cleo Cedar"),
            paper("Wei Wang"),
        ]
    )
    person = np.array([0, 1, 0, 1, 2, 0, 2, 0, 3, 0])
    who, groups, works = (column.tolist() for column in company_groups(corpus, person))
    assert dict(zip(who, zip(groups, works, strict=True), strict=True))[0] == (2, 4)
