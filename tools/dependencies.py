"""Whether the pinned requirements are in step with pyproject.toml; needs no network.

`--digest` prints the digest of pyproject's dependencies, which `make requirements` writes into what it makes;
`--check` compares it with the two files, and every dependency's name with what is pinned there.
"""

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = {"requirements.txt": ("project",), "requirements-dev.txt": ("project", "dev")}


def declared() -> dict[str, list[str]]:
    """The dependencies that pyproject.toml names, for running and for working on the project."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {"project": found["project"]["dependencies"], "dev": found["dependency-groups"]["dev"]}


def digest() -> str:
    text = json.dumps({group: sorted(names) for group, names in declared().items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def canonical(requirement: str) -> str:
    """The name alone, in the form in which indexes compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]).lower()


def problems() -> list[str]:
    found = []
    for name, groups in MADE.items():
        text = (ROOT / name).read_text()
        if digest() not in text.splitlines()[0]:
            found.append(f"{name} was made from other dependencies than pyproject.toml names: run `make requirements`.")
        pinned = {canonical(line) for line in text.splitlines() if "==" in line and not line.startswith(("#", " "))}
        wanted = {canonical(requirement) for group in groups for requirement in declared()[group]}
        found += [f"{name} does not pin {missing}." for missing in sorted(wanted - pinned)]
        if "://" in text or "file:" in text or "--find-links" in text:
            found.append(f"{name} names an index or a path.")
    return found


if __name__ == "__main__":
    if "--digest" in sys.argv:
        print(digest())
    elif found := problems():
        sys.exit("\n".join(found))
