"""Every formula has a page, and every row of its worked table comes out as written."""

import re
from datetime import date

import pytest

from metrics.formulas import FORMULAS
from metrics.formulas.collaborators import JointWork
from metrics.formulas.trust import StrongEvidence, TrustCard, TrustEvidence
from tests.metrics.worked_tables import PAGES, SECTIONS, examples

CASES = [
    pytest.param(name, row, id=f"{name}-{number}")
    for name in FORMULAS
    for number, row in enumerate(examples(PAGES / f"{name}.md"), start=1)
]


def evidence(facts: dict) -> TrustEvidence:
    facts = dict(facts)
    facts["strong"] = frozenset(StrongEvidence(kind) for kind in facts.get("strong", []))
    facts["joint_works_with_verified"] = tuple(facts.get("joint_works_with_verified", []))
    for name in ("claimed_date", "confirmed_date"):
        if name in facts:
            facts[name] = date.fromisoformat(facts[name])
    return TrustEvidence(**facts)


READERS = {
    "evidence": evidence,
    "today": date.fromisoformat,
    "joint_works": lambda works: [JointWork(*work) for work in works],
}


@pytest.mark.parametrize(("name", "row"), CASES)
def test_a_worked_row_comes_out_as_its_page_says(name, row):
    expected = row.pop("result")
    arguments = {key: READERS.get(key, lambda same: same)(given) for key, given in row.items()}
    result = FORMULAS[name].compute(**arguments)
    if isinstance(result, TrustCard):
        result = result.score
    assert result == (pytest.approx(expected) if isinstance(expected, float) else expected)
    assert (result is None) == (expected is None)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_page_names_the_version_it_describes_and_says_all_it_must(name):
    text = (PAGES / FORMULAS[name].page).read_text()
    assert f"`{FORMULAS[name].identifier}`" in text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert len(examples(PAGES / f"{name}.md")) >= 3


def test_no_page_is_left_of_a_formula_that_is_gone():
    described = {page.stem for page in PAGES.glob("*.md")}
    assert described - set(FORMULAS) <= {"ai_score", "README"}


@pytest.mark.parametrize("row", examples(PAGES / "ai_score.md"))
def test_an_explanation_of_the_ai_score_sums_to_its_score(row):
    score = row.pop("result")
    assert min(max(sum(row.values()), 0), 100) == pytest.approx(score)
