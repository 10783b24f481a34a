"""`python -m bench.identity`: how well works are put on the right people, measured on real files.

`--data` names the folder of the real files (default ../shared/data/records). Truth is read for measuring alone: the model
was trained on cut names of arXiv metadata, and is calibrated on names of the corpus that are cut here, as a settling
does it. What is cut or made is drawn with fixed seeds.
"""

import argparse
import gzip
import json
import lzma
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identity.domain.calibration import calibration_error, name_class
from identity.domain.commonness import Commonness
from identity.domain.corpus import Byline, Corpus, PaperFacts, build_corpus
from identity.domain.engine import LINK, Resolution, resolve
from identity.domain.features import COLUMN
from identity.domain.judge import Trees
from identity.domain.names import Name, name_of
from identity.domain.recalibration import recalibrated
from identity.domain.scores import b_cubed
from identity.domain.worlds import cut_to_initials
from papers.domain.names import parse_person_name

CUT_SEED, HOMONYM_SEED = 7, 11
HOMONYMS = 500
ABSTRACT_CHARS = 300
MODEL = Path(__file__).resolve().parent.parent / "identity" / "shipped" / "arxiv.model"

type Mask = NDArray[np.bool_]
type Labels = NDArray[np.int64]


@dataclass(slots=True)
class Truth:
    """Who each mention is, as the Anthology has it and with spellings that differ by accents joined."""

    as_is: Labels
    joined: Labels
    printed: list[str]

    def homonyms(self) -> Mask:
        """Mentions of a printed name that several people have."""
        people = defaultdict(set)
        for person, name in zip(self.joined.tolist(), self.printed, strict=True):
            people[name].add(person)
        return np.array([len(people[name]) > 1 for name in self.printed])

    def several_names(self) -> Mask:
        """Mentions of people printed under several names."""
        names = defaultdict(set)
        for person, name in zip(self.joined.tolist(), self.printed, strict=True):
            names[person].add(name)
        return np.array([len(names[person]) > 1 for person in self.joined.tolist()])


@lru_cache(maxsize=500_000)
def named(printed: str) -> Name:
    """A printed name in the form that is compared."""
    parsed = parse_person_name(printed)
    return name_of(parsed.given, parsed.family, parsed.suffix)


def read(path: Path, *, with_ids: bool = False) -> tuple[list[dict[str, Any]], list[PaperFacts]]:
    """The records of a file that have authors, and what the engine reads of them."""
    with lzma.open(path, "rt") as lines:
        records = [record for record in map(json.loads, lines) if record.get("authors")]
    place = {(scheme, value): k for k, record in enumerate(records) for scheme, value in record["ids"].items()}
    return records, [_facts(record, place, with_ids) for record in records]


def _facts(record: dict[str, Any], place: dict[tuple[str, str], int], with_ids: bool) -> PaperFacts:
    byline = [
        Byline(
            named(author["name"]),
            tuple(f"{k}:{v}" for k, v in sorted(author.get("ids", {}).items()) if v) if with_ids else (),
            "; ".join(one.get("name", "") for one in author.get("affiliations", ())),
        )
        for author in record["authors"]
    ]
    cites = [place[pair] for ref in record.get("references", ()) for pair in ref.items() if pair in place]
    year, venue = str(record.get("published", ""))[:4], record.get("venue") or {}
    return PaperFacts(
        byline,
        int(year) if year.isdigit() else None,
        "" if venue.get("type") == "repository" else venue.get("name", ""),
        f"{record['title']} {(record.get('abstract') or '')[:ABSTRACT_CHARS]}",
        cites,
    )


def acl(folder: Path, *, with_ids: bool = False) -> tuple[list[PaperFacts], Truth]:
    """ACL to 2010 with both truths."""
    records, papers = read(folder / "acl.jsonl.xz", with_ids=with_ids)
    with gzip.open(folder / "acl-people.json.gz", "rt") as text:
        people = json.load(text)
    pairs = [pair for record in records for pair in people[record["ids"]["acl"]]]
    printed = [author["name"] for record in records for author in record["authors"]]
    return papers, Truth(np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]), printed)


def half_to_initials(papers: Sequence[PaperFacts]) -> list[PaperFacts]:
    """Half of the bylines with given names cut to initials."""
    chosen = np.random.default_rng(CUT_SEED).random(len(papers)) < 0.5
    return [
        replace(paper, byline=[replace(one, name=cut_to_initials(one.name), ids=()) for one in paper.byline])
        if chosen[k]
        else paper
        for k, paper in enumerate(papers)
    ]


def made_homonyms(papers: Sequence[PaperFacts], truth: Truth) -> tuple[list[PaperFacts], Mask]:
    """Pairs of rare people under one common name that nobody else has, and which mentions these are."""
    random = np.random.default_rng(HOMONYM_SEED)
    names = [one.name for paper in papers for one in paper.byline]
    common = Commonness(list(dict.fromkeys(names)))
    full = list(dict.fromkeys(name for name in names if not name.is_initials))
    families = [f for f, _ in Counter(name.family for name in full).most_common(120)]
    givens = [g for g, _ in Counter(name.given[0] for name in full).most_common(150) if len(g) > 2]
    places = defaultdict(list)
    for mention, person in enumerate(truth.joined.tolist()):
        places[person].append(mention)
    rare = [
        person
        for person, mentions in sorted(places.items())
        if len(mentions) >= 3 and all(not names[m].is_initials and common.of(names[m])[0] < 0.003 for m in mentions)
    ]
    random.shuffle(rare)
    used = {name.key for name in names}
    renamed: dict[int, Name] = {}
    for a, b in zip(rare[0 : 2 * HOMONYMS : 2], rare[1 : 2 * HOMONYMS : 2], strict=True):
        while True:
            made = name_of(str(random.choice(givens)).title(), str(random.choice(families)).title())
            if made.key not in used:
                break
        used.add(made.key)
        renamed |= dict.fromkeys([*places[a], *places[b]], made)
    return _renamed(papers, renamed), np.array([m in renamed for m in range(len(names))])


def _renamed(papers: Sequence[PaperFacts], names: dict[int, Name]) -> list[PaperFacts]:
    out, mention = [], 0
    for paper in papers:
        byline = []
        for one in paper.byline:
            byline.append(replace(one, name=names[mention], ids=()) if mention in names else one)
            mention += 1
        out.append(replace(paper, byline=byline))
    return out


def f1(found: Resolution, truth: Labels, among: Mask | None = None) -> str:
    """B³ F1 with precision and recall."""
    p, r, f = b_cubed(found.person, truth, among)
    return f"{f:.4f} (precision {p:.4f}, recall {r:.4f})"


def lines_of_acl(folder: Path, judge: Trees) -> Iterator[tuple[str, str, str]]:
    """(what, figure, reach) on ACL to 2010."""
    papers, truth = acl(folder)
    judge = recalibrated(judge, papers)
    corpus = build_corpus(papers)
    start = time.process_time()
    found = resolve(corpus, judge, least=0.0)
    speed = len(corpus) / (time.process_time() - start)
    yield "full names, as it is", f1(found, truth.as_is), ">= .985"
    yield "full names, joined", f1(found, truth.joined), ">= .990"
    yield "people printed under several names", f1(found, truth.joined, truth.several_names()), ">= .965"
    yield "homonyms without ids", f1(found, truth.joined, truth.homonyms()), ">= .75"
    yield from zone_lines(found, truth, "full")
    yield "authorships a second of one core", f"{speed:,.0f}", ">= 5,000"
    cut = build_corpus(half_to_initials(papers))
    halved = resolve(cut, judge, least=0.0)
    yield "half of the bylines cut to initials, as it is", f1(halved, truth.as_is), ">= .955"
    yield "half of the bylines cut to initials, joined", f1(halved, truth.joined), ">= .960"
    yield from zone_lines(halved, truth, "initials")
    renamed, among = made_homonyms(papers, truth)
    yield f"{HOMONYMS} made homonyms", f1(resolve(build_corpus(renamed), judge), truth.joined, among), ">= .85"
    known = build_corpus(acl(folder, with_ids=True)[0])
    with_ids = resolve(known, judge)
    yield "homonyms with ids", f1(with_ids, truth.joined, truth.homonyms()), ">= .97"
    has_id = np.isin(np.arange(len(known)), list(known.ids))
    yield "homonyms with ids, those that have one", f1(with_ids, truth.joined, truth.homonyms() & has_id), ">= .97"


def zone_lines(found: Resolution, truth: Truth, stage: str) -> Iterator[tuple[str, str, str]]:
    """Precision of the pairs in the link zone and the calibration of all pairs of a stage."""
    person = majority(found.atoms.label, truth.joined)
    pairs = found.stages[stage]
    if stage == "initials":
        target = majority(np.array([found.cluster_person[c] for c in _clusters(found)]), truth.joined)
        right = np.array([target.get(found.cluster_person[int(c)], -1) for c in pairs.right])
    else:
        right = np.array([person[int(u)] for u in pairs.right])
    is_one = np.array([person[int(u)] for u in pairs.left]) == right
    linked = pairs.chance >= LINK
    yield f"precision of the link zone, {stage}", f"{is_one[linked].mean():.4f} of {linked.sum():,}", ">= .98 / .97"
    common = linked & (name_class(pairs.features[:, COLUMN["bearers"]]) == 2)
    if common.any():
        yield (
            f"precision of the link zone, {stage}, common",
            f"{is_one[common].mean():.4f} of {common.sum():,}",
            ">= .95",
        )
    yield f"calibration error, {stage}", f"{calibration_error(pairs.chance, is_one.astype(np.float32)):.4f}", "<= .03"


def _clusters(found: Resolution) -> list[int]:
    back = {person: cluster for cluster, person in found.cluster_person.items()}
    return [back[int(person)] for person in found.person]


def majority(group: Labels, truth: Labels) -> dict[int, int]:
    """The person most mentions of each group are."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for number, person in zip(group.tolist(), truth.tolist(), strict=True):
        counts[number][person] += 1
    return {number: count.most_common(1)[0][0] for number, count in counts.items()}


def lines_of_cut_names(path: Path, judge: Trees) -> Iterator[tuple[str, str, str]]:
    """Half of a file's bylines cut to initials, the printed full names being the truth."""
    _, papers = read(path)
    keys: dict[str, int] = {}
    names = [one.name for paper in papers for one in paper.byline]
    truth = np.array([keys.setdefault(name.key, len(keys)) for name in names])
    judge = recalibrated(judge, half_to_initials(papers))
    corpus: Corpus = build_corpus(half_to_initials(papers))
    cut = np.array([corpus.names[n].is_initials and not names[m].is_initials for m, n in enumerate(corpus.name_of)])
    nothing = b_cubed(corpus.name_of, truth, cut)[2]
    yield (
        f"{path.stem}, cut names alone",
        f"{f1(resolve(corpus, judge), truth, cut)}, names as they are {nothing:.4f}",
        "",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.identity", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/records"))
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--only", choices=["acl", "conferences", "arxiv"], action="append")
    options = parser.parse_args(arguments)
    judge = Trees.from_bytes(options.model.read_bytes())
    only = options.only or ["acl", "conferences"]
    sources = {
        "acl": lambda: lines_of_acl(options.data, judge),
        "conferences": lambda: lines_of_cut_names(options.data / "conferences.jsonl.xz", judge),
        "arxiv": lambda: lines_of_cut_names(options.data / "arxiv.jsonl.xz", judge),
    }
    for name in only:
        for what, figure, reach in sources[name]():
            print(f"{what:<52} {figure:<60} {reach}", flush=True)
    print(f"{'most memory of this process, MB':<52} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
