"""Nothing grows past the size at which it reads well."""

import ast

from tests.house.sources import ROOT, modules, name_of, nodes, tracked

LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE, LONGEST_SCRIPT = 40, 400, 150, 300


def lines_of(path) -> int:
    return len(path.read_text().splitlines())


def test_no_module_is_longer_than_400_lines():
    assert {name_of(path): lines_of(path) for path in modules() if lines_of(path) > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines():
    too_long = {}
    for path in modules():
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    too_long[f"{name_of(path)}:{node.lineno} {node.name}"] = length
    assert too_long == {}


def test_no_template_is_longer_than_150_lines():
    templates = tracked("templates/*.html", "templates/*.txt")
    assert {name_of(path): lines_of(path) for path in templates if lines_of(path) > LONGEST_TEMPLATE} == {}


def test_no_page_script_is_longer_than_300_lines():
    scripts = tracked("static/js/*.js")
    assert {name_of(path): lines_of(path) for path in scripts if lines_of(path) > LONGEST_SCRIPT} == {}


def test_modules_are_named_after_what_they_hold():
    idle = {"utils.py", "helpers.py", "misc.py", "util.py", "helper.py"}
    assert [name_of(path) for path in modules() if path.name in idle] == []
    assert ROOT.joinpath("pyproject.toml").exists()
