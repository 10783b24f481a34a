"""Which record stands for a merged one, and which name may be shown, is said once: by the views of `papers`."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, app_modules, name_of, nodes

_IS_SQL = re.compile(r"\b(SELECT|UPDATE|DELETE|JOIN|WHERE)\b")
# What reads sources and finds out who wrote what compares names as they are printed; neither shows any.
_READS_NAMES_AS_PRINTED = {"papers", "harvest", "identity"}
# What merges records writes the column.
_WRITES_MERGES = {
    "harvest/services/joined_papers.py",
    "identity/services/redirecting.py",
    "identity/services/undoing.py",
}
# The owner asks for a byline by the name that is printed on it.
_OF_THE_OWNER = {"profiles/selectors/suggestions.py"}


def statements(path: Path) -> list[tuple[int, str]]:
    """Texts of a module that hold SQL, with their lines."""
    found = []
    for node in nodes(path):
        text = ast.unparse(node) if isinstance(node, ast.JoinedStr) else getattr(node, "value", "")
        if isinstance(text, str) and _IS_SQL.search(text):
            found.append((node.lineno, text))
    return found


def outside_papers() -> list[Path]:
    return [path for path in app_modules() if path.relative_to(ROOT).parts[0] != "papers"]


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"CASE WHEN[^;]*has_private_names", "shown_name of shown_authorship"),
        (r"papers_author (\w+)\b[^;]*\b\1\.is_listed", "listed_author"),
    ],
)
def test_merges_and_private_names_are_read_from_views(pattern, instead):
    spelled = [
        f"{name_of(path)}:{line}: use {instead}"
        for path in outside_papers()
        for line, text in statements(path)
        if re.search(pattern, text)
    ]
    assert spelled == []


def test_merges_are_asked_of_views_and_models():
    spelled = [
        f"{name_of(path)}:{number}: use canonical_id, merge_target_id and is_canonical of canonical_paper and its like, "
        "canonical() or canonical_id of the models"
        for path in outside_papers()
        if name_of(path) not in _WRITES_MERGES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "merged_into_id" in line
    ]
    assert spelled == []


def test_names_as_printed_are_read_by_whoever_compares_them_alone():
    reading = [
        f"{name_of(path)}:{line}"
        for path in outside_papers()
        if path.relative_to(ROOT).parts[0] not in _READS_NAMES_AS_PRINTED and name_of(path) not in _OF_THE_OWNER
        for line, text in statements(path)
        if "printed_name" in text
    ]
    assert reading == []
