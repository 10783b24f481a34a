"""A new import source, kind of evidence and follow target are one new file each, and work to the page.

Performed in a scratch copy of the tree, with a database of its own: what docs/contributing.md says.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.house.sources import ROOT

# One walk for all of them, on one worker.
pytestmark = pytest.mark.xdist_group("toys")

TOYS = Path(__file__).parent / "toys"
DATABASE = f"colophon_toys_{os.getpid()}"  # two workers may have tests of this module
# The toy's file, where it goes, the module that lists its kind, and the name of the list there.
PLACES = (
    ("source.py", "harvest/sources/toy.py", "harvest/sources/__init__.py", "SOURCES"),
    ("evidence.py", "claims/evidence/toy.py", "claims/evidence/__init__.py", "KINDS"),
    ("target.py", "following/targets/toy.py", "following/targets/__init__.py", "TARGET_KINDS"),
)
LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "tests", "bench", "docs", "tools", "requirements*", "build")


@pytest.fixture(scope="module")
def pages(tmp_path_factory, template, django_db_blocker) -> dict[str, str]:
    """The pages by name, as they are with the three toys."""
    tree = tmp_path_factory.mktemp("scratch") / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    for name, where, listing, of in PLACES:
        register(tree, name, where, listing, of)
    shutil.copy(TOYS / "walk.py", tree / "walk.py")
    server = settings.DATABASE_URL
    with psycopg.connect(server, autocommit=True) as connection:
        name = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template)))
        try:
            return walk(tree, server)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def register(tree: Path, toy: str, where: str, listing: str, of: str) -> None:
    """Put the toy's file in place, and its name into the list of its kind."""
    shutil.copy(TOYS / toy, tree / where)
    module = where.removesuffix(".py").replace("/", ".")
    text = (tree / listing).read_text()
    head, found, rest = text.partition(f"\n{of} = (")
    assert found
    (tree / listing).write_text(f"{head}\nfrom {module} import TOY\n{found}TOY, {rest}")


def walk(tree: Path, server: str) -> dict[str, str]:
    path, _, query = server.partition("?")
    url = f"{path.rpartition('/')[0]}/{DATABASE}" + (f"?{query}" if query else "")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV_"))}
    environment |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    done = subprocess.run(
        [sys.executable, "walk.py"], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_a_toy_source_is_imported_and_named_on_the_page_of_its_work(pages):
    assert "On wooden bricks" in pages["paper"]
    assert "Toy catalogue" in pages["paper"]


def test_a_toy_kind_of_evidence_is_offered_taken_and_explained(pages):
    assert "Type it" in pages["offered"]
    assert "A toy kind" in pages["claim"]
    assert "They typed A" in pages["claim"]


def test_a_toy_target_is_followed_listed_and_fills_the_feed(pages):
    assert "Toy class" in pages["following"]
    assert "On wooden bricks" in pages["feed"]
