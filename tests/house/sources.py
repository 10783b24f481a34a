"""The project's own files, as git knows them (committed or about to be)."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = (
    "accounts",
    "papers",
    "identity",
    "metrics",
    "harvest",
    "claims",
    "following",
    "collaborations",
    "profiles",
    "catalogue",
    "search",
    "graph",
    "portal",
    "devstack",
    "common",
)


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """Paths that match one of the patterns, in order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted(path for path in found if path.is_file()))


def modules() -> tuple[Path, ...]:
    """Python files that people write: everything but migrations."""
    return tuple(path for path in tracked("*.py") if "migrations" not in path.parts)


def app_modules() -> tuple[Path, ...]:
    """The modules of the apps alone, without tests, tools and benchmarks."""
    return tuple(path for path in modules() if path.relative_to(ROOT).parts[0] in APPS)


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The apps of each layer, the highest first, as the import contract has them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return tuple(tuple(layer.split(" | ")) for layer in contract["layers"])


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module's syntax tree; parsed once for all tests."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
