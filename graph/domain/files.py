"""The files of a build: one folder a version, one array a file, memory-mapped and shared by all who read it.

A build is written beside the others and comes into use when the name in `CURRENT` is moved to it, in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import orjson

from graph.domain.compact_integers import Bounds, CompactIntegers
from graph.domain.network import Relations
from graph.domain.relations import Relation

CURRENT = "current-with-years"  # a build of another form, or without one of the relations, is none
FACTS = "facts.json"
BUILDS_KEPT = 2


class Damaged(Exception):
    """The files of a build cannot be read; a new build replaces them."""


def write_build(folder: Path, version: str, relations: Relations, facts: dict[str, object]) -> Path:
    """Store a build and bring it into use; the oldest builds are removed. Readers keep what they have open."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f".{version}.{os.getpid()}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    for name, relation in relations.items():
        for part, values in _parts(relation):
            _save(unfinished / f"{name}.{part}.npy", values)
    (unfinished / FACTS).write_bytes(orjson.dumps({**facts, "version": version, "relations": sorted(relations)}))
    unfinished.rename(folder / version)
    pointer = folder / f".{CURRENT}.{os.getpid()}"
    pointer.write_text(version)
    pointer.replace(folder / CURRENT)
    _remove_old(folder, keep=version)
    return folder / version


def current_version(folder: Path) -> str:
    """The version in use, "" before the first build."""
    try:
        return (folder / CURRENT).read_text().strip()
    except FileNotFoundError:
        return ""


def read_build(folder: Path, version: str) -> tuple[Relations, dict[str, object]]:
    """The relations of a build, mapped and not read, and its facts. Raises Damaged."""
    try:
        place = folder / version
        facts = orjson.loads((place / FACTS).read_bytes())
        relations = {name: _relation(place, name) for name in facts["relations"]}
    except (OSError, ValueError, KeyError) as error:
        raise Damaged(f"{version}: {error}") from error
    return relations, facts


def _parts(relation: Relation) -> Iterator[tuple[str, np.ndarray]]:
    """The arrays that hold a relation whose rows are addressed by id."""
    yield "starts.bases", relation.starts.bases
    for part, numbers in (("starts", relation.starts.steps), ("targets", relation.targets)):
        yield f"{part}.low", numbers.low
        if numbers.high is not None:
            yield f"{part}.high", numbers.high
    if relation.weights is not None:
        yield "weights", relation.weights


def _relation(folder: Path, name: str) -> Relation:
    def mapped(part: str) -> np.ndarray:
        # Plain arrays on the mapped memory: the class of numpy's own makes each look into it slower.
        return np.asarray(np.load(folder / f"{name}.{part}.npy", mmap_mode="r"))

    def if_there(part: str) -> np.ndarray | None:
        return mapped(part) if (folder / f"{name}.{part}.npy").exists() else None

    return Relation(
        Bounds(mapped("starts.bases"), CompactIntegers(mapped("starts.low"), if_there("starts.high"))),
        CompactIntegers(mapped("targets.low"), if_there("targets.high")),
        weights=if_there("weights"),
    )


def _save(path: Path, values: np.ndarray) -> None:
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _remove_old(folder: Path, *, keep: str) -> None:
    """All but the newest builds, and what a build that died left behind."""
    others = sorted((path for path in folder.iterdir() if path.is_dir() and path.name != keep), reverse=True)
    finished = [path for path in others if not path.name.startswith(".")]
    for path in finished[BUILDS_KEPT - 1 :] + [path for path in others if path.name.startswith(".")]:
        shutil.rmtree(path, ignore_errors=True)
