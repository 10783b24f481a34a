"""Collects static files when they changed, and only then: compressing them takes longer than a start may."""

import hashlib
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import CommandError

from devstack.embedded.folders import PROJECT
from devstack.supervisor import Child, describe

STAMP = "sources.sha256"
# Packages bring more than our pages ask for.
UNUSED = (
    "ext",
    "rest_framework",
    "*.cjs.js",
    "*.amd.js",
    "*.esm.js",
    "*.cjs.*",
    "*.mjs",
    "*.mts",
    "*.umd.js",
    # Not "*.js.map": a file that stays names its map, and one that is missing ends the collecting.
    "*.cjs.js.map",
    "*.esm.js.map",
    "*.umd.js.map",
    "*.mjs.map",
    "declarations",
    "*.d.ts",
    "htmx.js",
    "htmx.min.js.gz",
)


def collect_if_changed() -> bool:
    """Bring STATIC_ROOT up to date; says whether there was anything to do."""
    digest = digest_of_sources()
    stamp = Path(settings.STATIC_ROOT) / STAMP
    if stamp.exists() and stamp.read_text() == digest and (stamp.parent / "staticfiles.json").exists():
        return False
    # In a process of its own: compressing takes memory that a supervisor should not hold on to.
    command = [sys.executable, str(PROJECT / "manage.py"), "collectstatic", "--no-input", "--clear", "-v", "0"]
    command += [part for pattern in UNUSED for part in ("--ignore", pattern)]
    collecting = Child("static files", command, {"COLLECTING_STATIC": "1"})
    if code := collecting.run_to_end():
        raise CommandError(f"Collecting static files failed ({describe(code)}).")
    stamp.write_text(digest)
    return True


def digest_of_sources() -> str:
    """A digest over name, size and time of change of every static file that an app or package brings."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            known = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return digest.hexdigest()
