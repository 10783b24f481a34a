"""Looks through what git would commit for secrets, private paths and files that are too large."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LARGEST_BYTES = 1_500_000
SECRETS = {
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud key": re.compile(rb"\bAKIA[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(rb"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "a password in an address": re.compile(rb"\b(?:postgresql|redis|amqp|smtps?)://[^\s:/@'\"]*:[^\s@'\"<>{}$]{6,}@"),
    "a home folder": re.compile(rb"(?<![\w.])/(?:root|home/[a-z][a-z0-9_-]+)/"),
}
# An address with one of these words in place of its password is an example.
EXAMPLES = re.compile(rb"password|secret|example|user:", re.IGNORECASE)


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def problems(path: Path) -> list[str]:
    """What is wrong with one file, each as a line that names it."""
    if not path.is_file() or path.is_symlink():
        return []
    name = path.relative_to(ROOT)
    data = path.read_bytes()
    found = [f"{name}: {len(data):,} bytes is more than a repository wants"] if len(data) > LARGEST_BYTES else []
    for number, line in enumerate(data.splitlines(), start=1):
        for what, pattern in SECRETS.items():
            match = pattern.search(line)
            if match and not EXAMPLES.search(match.group()):
                found.append(f"{name}:{number}: looks like {what}")
    return found


if __name__ == "__main__":
    found = [problem for path in committed() if path != Path(__file__) for problem in problems(path)]
    if found:
        sys.exit("\n".join(found))
