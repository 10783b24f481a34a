"""What no file of the project may say or do."""

import ast
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

from tests.house.sources import ROOT, app_modules, modules, name_of, nodes, tracked

# The one module that turns checked mark-up into safe strings.
RENDERING = {"common/templatetags/presentation.py"}
HTTP_CLIENTS = {"httpx", "requests", "urllib3", "aiohttp", "urllib.request"}
HTTP_DOOR = {"common/http.py"}
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("timezone", "localdate"),
}


def test_nothing_that_git_would_commit_looks_like_a_secret_or_a_private_path():
    done = subprocess.run([sys.executable, "tools/scan.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_exception_is_caught_without_being_named():
    caught = []
    for path in modules():
        for node in nodes(path):
            if isinstance(node, ast.ExceptHandler):
                kinds = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
                if any(
                    k is None or (isinstance(k, ast.Name) and k.id in {"Exception", "BaseException"}) for k in kinds
                ):
                    caught.append(f"{name_of(path)}:{node.lineno}")
    assert caught == []


def test_only_the_rendering_module_declares_text_to_be_safe_markup():
    pattern = re.compile(r"\bmark_safe\(|\bSafeString\(|\bSafeText\(")
    assert [
        name_of(path) for path in app_modules() if name_of(path) not in RENDERING and pattern.search(path.read_text())
    ] == []


def test_templates_hold_no_inline_script_style_or_handler_and_switch_escaping_off_nowhere():
    pattern = re.compile(
        r"<style\b|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))|\sstyle=\"|\son[a-z]+=\"|hx-on|\|safe\b|autoescape off"
    )
    found = {
        f"{name_of(path)}:{number}": line.strip()
        for path in tracked("templates/*.html")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    }
    assert found == {}


def test_ignored_types_say_which_error_and_why():
    bare = re.compile(r"#\s*type:\s*ignore(?!\[[a-z, -]+\]\s+#\s+\S)")
    found = [
        f"{name_of(path)}:{number}"
        for path in app_modules()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


def test_copy_raises_what_every_other_statement_does():
    """A cursor's own `copy` raises the driver's exceptions, which nobody catches."""
    found = [name_of(path) for path in app_modules() if "cursor.copy(" in path.read_text()]
    assert found == ["common/db/copying.py"]


def test_only_the_http_door_talks_http():
    found = []
    for path in app_modules():
        if name_of(path) in HTTP_DOOR:
            continue
        for node in nodes(path):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            found += [f"{name_of(path)}:{node.lineno} {name}" for name in names if name in HTTP_CLIENTS]  # type: ignore[attr-defined]
    assert found == []


def test_no_rule_hides_in_a_signal_or_in_a_default_ordering():
    pattern = re.compile(r"django\.db\.models\.signals|@receiver\(|^\s+ordering\s*=\s*[\[(]", re.MULTILINE)
    found = [
        name_of(path) for path in app_modules() if pattern.search(path.read_text()) and "/admin" not in name_of(path)
    ]
    assert found == []


def test_services_and_selectors_are_told_the_time():
    found = []
    for path in app_modules():
        if not {"services", "selectors"} & {*path.parts, path.stem}:
            continue
        for node in nodes(path):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and (node.func.value.id, node.func.attr) in CLOCKS
            ):
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


def test_names_are_made_of_the_words_of_the_field():
    """docs/glossary.md has what stands in the place of the old ones."""
    loader = SourceFileLoader("measure_structure", str(ROOT / "tools" / "measure_structure"))
    measure = module_from_spec(spec_from_loader("measure_structure", loader))
    sys.modules["measure_structure"] = measure
    loader.exec_module(measure)
    assert measure.old_words() == set()
