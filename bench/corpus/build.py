"""Write a corpus as compressed JSON Lines, once for each scale, seed and version."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import orjson
import zstandard

from bench.corpus import prose
from bench.corpus.fragments import Fragments, make_fragments
from bench.corpus.plan import SCALES, Plan, make_plan

GENERATOR_VERSION = 1
_CHUNK = 10_000
_SHUFFLE = 0.02


def corpus_file(folder: Path, *, scale: str, seed: int = 1) -> Path:
    """The corpus of that scale under `folder`, generated when it is not there yet.

    Raises KeyError for a scale that SCALES does not name.
    """
    path = folder / f"corpus-{scale}-seed{seed}-v{GENERATOR_VERSION}.jsonl.zst"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        write(partial, papers=SCALES[scale], seed=seed)
        partial.rename(path)
    return path


def write(path: Path, *, papers: int, seed: int) -> None:
    """Write a corpus of `papers` papers to `path`."""
    with path.open("wb") as file, zstandard.ZstdCompressor(level=1).stream_writer(file) as stream:
        for chunk in lines(papers=papers, seed=seed):
            stream.write(chunk)


def lines(*, papers: int, seed: int) -> Iterator[bytes]:
    """The corpus in blocks of many lines. Records come roughly, not exactly, by date."""
    plan = make_plan(papers=papers, seed=seed)
    words = prose.vocabulary(plan.rng)
    pool = [orjson.dumps(text)[1:-1] for text in prose.sentences(plan.rng, words)]
    fragments = make_fragments(plan)
    order = np.argsort(np.arange(papers) + plan.rng.standard_normal(papers) * papers * _SHUFFLE)
    collecting = gc.isenabled()
    gc.disable()
    try:
        for start in range(0, papers, _CHUNK):
            yield _block(plan, fragments, pool, words, order[start : start + _CHUNK].tolist())
    finally:
        if collecting:
            gc.enable()


def _block(plan: Plan, parts: Fragments, pool: list[bytes], words: list[str], papers: list[int]) -> bytes:
    rng, number = plan.rng, len(papers)
    titles = prose.titles(rng, words, number)
    picks = rng.integers(0, len(pool), (number, 11)).tolist()
    lengths = rng.integers(8, 12, number).tolist()
    found = []
    for place, paper in enumerate(papers):
        chosen = picks[place][: lengths[place]]
        found.append(
            b'{"ids":%b,"title":"%b","abstract":"%b",%b,"authors":[%b],"references":[%b],"source":"bench"}\n'
            % (
                parts.ids(paper),
                titles[place].encode(),
                b" ".join([pool[each] for each in chosen]),
                parts.particulars(paper),
                parts.authors(paper),
                parts.references(paper),
            )
        )
    return b"".join(found)
