"""The engine on a small corpus: certain things hold, equal input gives equal bytes."""

import numpy as np
import pytest

from identity.domain.certain import Certain
from identity.domain.corpus import Byline, PaperFacts, build_corpus
from identity.domain.engine import resolve
from identity.services.model import shipped_judge
from tests.identity.domain.test_names import named

TOPIC = "parsing of natural language with statistical grammars"


def corpus(*bylines, ids=None):
    papers = [
        PaperFacts([Byline(named(n), (ids or {}).get((k, n), ())) for n in names], 2000 + k % 3, "ACL", TOPIC)
        for k, names in enumerate(bylines)
    ]
    return build_corpus(papers)


@pytest.fixture(scope="module")
def judge():
    return shipped_judge()


def test_a_rare_name_is_one_person_and_its_initials_with_the_same_company_too(judge):
    found = resolve(
        corpus(
            ["Yorick Wilkszon", "Louise Guthrieva"],
            ["Yorick Wilkszon", "Louise Guthrieva"],
            ["Y. Wilkszon", "Louise Guthrieva"],
        ),
        judge,
    )
    person = found.person.tolist()
    assert person[0] == person[2] == person[4]
    assert person[1] == person[3] == person[5]


def test_two_names_of_one_byline_are_two_people(judge):
    found = resolve(corpus(["Wei Wang", "Wei Wang"], ["Wei Wang", "Li Li"]), judge)
    assert found.person[0] != found.person[1]


def test_two_ids_are_two_people_and_one_id_is_one(judge):
    ids = {(0, "Anna Rarename"): ("orcid:1",), (1, "Anna Rarename"): ("orcid:2",), (2, "A. Rarename"): ("orcid:1",)}
    found = resolve(corpus(["Anna Rarename"], ["Anna Rarename"], ["A. Rarename"], ids=ids), judge)
    assert found.person[0] == found.person[2] != found.person[1]


def test_an_id_is_not_believed_for_a_name_that_cannot_be_the_same(judge):
    ids = {(0, "Anna Rarename"): ("orcid:1",), (1, "Boris Otherman"): ("orcid:1",)}
    found = resolve(corpus(["Anna Rarename"], ["Boris Otherman"], ids=ids), judge)
    assert found.person[0] != found.person[1]


def test_what_people_decided_holds(judge):
    c = corpus(["Anna Rarename"], ["Anna Rarename"], ["Susan Warwick"], ["Susan Armstrong"])
    found = resolve(c, judge, certain=Certain(together=[(2, 3)], apart=[(0, 1)]))
    assert found.person[0] != found.person[1]
    assert found.person[2] == found.person[3]


def test_runs_are_equal_to_the_byte(judge):
    bylines = [["Wei Wang", f"Coauthor{chr(97 + k % 7)} Namesson"] for k in range(30)] + [["W. Wang", "Li Li"]] * 3
    one, other = resolve(corpus(*bylines), judge), resolve(corpus(*bylines), judge)
    assert one.person.tobytes() == other.person.tobytes()
    for stage in one.stages:
        assert one.stages[stage].chance.tobytes() == other.stages[stage].chance.tobytes()
        assert one.stages[stage].features.tobytes() == other.stages[stage].features.tobytes()


def test_random_constraints_are_all_kept(judge):
    random = np.random.default_rng(1)
    names = ["Wei Wang", "W. Wang", "Anna Rarename", "A. Rarename"]
    c = corpus(*[[names[int(random.integers(4))]] for _ in range(60)])
    apart = [tuple(int(x) for x in random.choice(60, 2, replace=False)) for _ in range(300)]
    found = resolve(c, judge, certain=Certain(apart=apart))
    assert all(found.person[a] != found.person[b] for a, b in apart)
