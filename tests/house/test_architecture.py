"""The walks of docs/architecture.md name code that exists."""

import ast
import re

from tests.house.sources import ROOT


def test_every_function_that_the_walks_name_exists():
    named = re.findall(r"`([a-z_/]+\.py): (\w+)`", (ROOT / "docs/architecture.md").read_text())
    assert len(named) > 15
    missing = [f"{path}: {name}" for path, name in named if not _defines(path, name)]
    assert missing == []


def _defines(path: str, name: str) -> bool:
    module = ast.parse((ROOT / path).read_text())
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name for node in module.body)
