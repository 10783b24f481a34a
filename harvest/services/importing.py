"""An import: files in, rows and counts out; what is committed is never half of a batch, and a killed run goes on."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from common.db.locks import session_locked_if_free
from common.richtext.text import clean_line
from harvest.domain.raw_records import Parsed, Source
from harvest.domain.record import AuthorRecord, InstitutionRecord, TopicRecord, VenueRecord, WorkRecord
from harvest.models import ImportRun
from harvest.services.mentions import name_keys
from harvest.services.parsing import UNREADABLE, Parsers, chunks_of
from harvest.services.writer.batch import BatchCounts, write_batch
from harvest.services.writer.entities import EntityRecord, relate_institutions, write_entities
from harvest.services.writer.tables import execute
from identity.services.arrival import share_of
from papers.services.venue_merges import join_venues

MAX_REASON = 500  # a sentence; keeps the row inside what its unique index holds
ENTITY_TYPES = (InstitutionRecord, VenueRecord, TopicRecord, AuthorRecord)


class UnusablePaths(Exception):
    """Paths that no import can start with; `str()` is a sentence."""


class AlreadyRunning(Exception):
    """Another process imports the same files of the same source at this moment."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: bytes of the (compressed) files, and its counts so far."""

    total_bytes: int
    done_bytes: int
    created: int
    updated: int
    unchanged: int
    rejected: int


def import_files(
    *,
    source: Source,
    paths: Sequence[Path],
    clock: Callable[[], datetime],
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> ImportRun:
    """Import the files in order and return the run with its counts.

    A run of the same files that was killed is taken up behind its last committed batch. Raises UnusablePaths before
    anything is written when a path is missing or no file, AlreadyRunning when another process holds these files.
    A file that breaks off is imported as far as it can be read; the run then ends as failed and says where.
    """
    _check(paths)
    paths = [path.resolve() for path in paths]
    with session_locked_if_free(f"import:{source.name}:{'|'.join(map(str, paths))}") as held:
        if not held:
            raise AlreadyRunning(f"Another process is importing {paths[0]} at this moment.")
        run = _begun(source, paths, clock())
        place = _start(run, paths)
        behind = sum(path.stat().st_size for path in paths[:place])
        for path in paths[place:]:
            _import_file(run, source, path, behind, clock, on_progress)
            behind += path.stat().st_size
        _finish(run, clock())
    return run


def _check(paths: Sequence[Path]) -> None:
    if not paths:
        raise UnusablePaths("Name at least one file to import.")
    for path in paths:
        if not path.exists():
            raise UnusablePaths(f"There is no file {path}.")
        if path.is_dir():
            raise UnusablePaths(f"{path} is a folder; name the files in it.")
        if not path.is_file():
            raise UnusablePaths(f"{path} is not a regular file.")
        if not os.access(path, os.R_OK):
            raise UnusablePaths(f"{path} cannot be read: permission denied.")
        if not str(path.resolve()).isprintable():
            raise UnusablePaths(f"The name {str(path)!r} holds characters that cannot be stored; rename the file.")


def _begun(source: Source, paths: Sequence[Path], now: datetime) -> ImportRun:
    """A new run, or the one over the same files that never finished."""
    names = [str(path) for path in paths]
    unfinished = (
        ImportRun.objects.filter(source=source.name, paths=names, state=ImportRun.State.RUNNING).order_by("-pk").first()
    )
    if unfinished is not None:
        return unfinished
    return ImportRun.objects.create(
        source=source.name,
        paths=names,
        total_bytes=sum(path.stat().st_size for path in paths),
        started_at=now,
        heartbeat_at=now,
    )


def _start(run: ImportRun, paths: Sequence[Path]) -> int:
    """The first file that is not behind the run; a file that changed since is read from its beginning."""
    names = [str(path) for path in paths]
    if run.current_path not in names:
        return 0
    place = names.index(run.current_path)
    if run.current_fingerprint != _fingerprint(paths[place]):
        run.position = 0
    return place


def _fingerprint(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def _import_file(
    run: ImportRun,
    source: Source,
    path: Path,
    behind: int,
    clock: Callable[[], datetime],
    on_progress: Callable[[Progress], None],
) -> None:
    """One file; `behind` is how many bytes the files before it have."""
    name, fingerprint = str(path), _fingerprint(path)
    if run.current_path != name or run.current_fingerprint != fingerprint:
        run.current_path, run.current_fingerprint, run.position = name, fingerprint, 0
    is_any_parsed = run.position > 0
    with Parsers(source, prepare=_look_at_names) as parsers:
        for chunk in parsers.parsed(chunks_of(source, path, skip=run.position)):
            run.done_bytes = behind + chunk.taken
            _store(run, chunk.items, name, clock())
            is_any_parsed = is_any_parsed or any(map(_is_parsed, chunk.items))
            on_progress(_progress(run))
    run.done_bytes = behind + path.stat().st_size
    if not is_any_parsed and not run.failure and path.stat().st_size:
        run.failure = f"{path.name}: nothing in it could be read as {source.name}"[:MAX_REASON]
    run.save(update_fields=["done_bytes", "failure"])
    on_progress(_progress(run))


def _is_parsed(parsed: Parsed) -> bool:
    """Whether the raw record is a record, or says of itself that it is one no more."""
    return parsed.record is not None or (parsed.fault is not None and parsed.fault[0] == "deleted")


def _look_at_names(parsed: Sequence[Parsed]) -> None:
    """Work out, and so remember, what resolution will ask of each name."""
    for one in parsed:
        if isinstance(one.record, WorkRecord):
            for author in one.record.authors:
                share_of(name_keys(author.parts))


@transaction.atomic
def _store(run: ImportRun, parsed: Sequence[Parsed], path: str, now: datetime) -> None:
    """One chunk: its records, its rejections and the run's counts, or none of them."""
    works = [p.record for p in parsed if isinstance(p.record, WorkRecord)]
    counts = [write_batch(works, now=now, run_started_at=run.started_at)]
    for kind in ENTITY_TYPES:
        entities: list[EntityRecord] = [p.record for p in parsed if isinstance(p.record, kind)]
        counts.append(write_entities(entities, now=now))
    _keep_rejections(run, parsed, path, now)
    run.position += len(parsed)
    run.heartbeat_at = now
    _add(run, counts, sum(p.fault is not None for p in parsed))
    run.save()


def _add(run: ImportRun, counts: Sequence[BatchCounts], rejected: int) -> None:
    run.created_count += sum(c.created for c in counts)
    run.updated_count += sum(c.updated for c in counts)
    run.unchanged_count += sum(c.unchanged for c in counts)
    run.rejected_count += rejected


def _keep_rejections(run: ImportRun, parsed: Sequence[Parsed], path: str, now: datetime) -> None:
    """A row for each fault and warning; what is said twice of one line is kept once."""
    rows: dict[tuple[int, str, str], tuple[str, bool]] = {}
    for one in parsed:
        if one.fault is not None:
            code, reason = one.fault
            rows[one.line, code, _sentence(reason)] = (one.excerpt, False)
            if code == UNREADABLE:
                run.failure = _sentence(reason)
        elif one.record is not None:
            for reason in one.record.warnings:
                rows[one.line, "warning", _sentence(reason)] = ("", True)
    if not rows:
        return
    columns = [list(column) for column in zip(*((*key, *rest) for key, rest in rows.items()), strict=True)]
    execute(
        """INSERT INTO harvest_rejectedrecord (run_id, source, path, at, line, code, reason, excerpt, is_warning)
           SELECT %s, %s, %s, %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::boolean[])
           ON CONFLICT (path, line, code, reason)
           DO UPDATE SET run_id = excluded.run_id, at = excluded.at, excerpt = excluded.excerpt""",
        [run.pk, run.source, path, now, *columns],
    )


def _sentence(reason: str) -> str:
    """A reason as text that Postgres takes: it may quote what a file holds."""
    return clean_line(reason[:MAX_REASON])


def _finish(run: ImportRun, now: datetime) -> None:
    relate_institutions()
    if run.created_count + run.updated_count:
        join_venues(now=now)
    run.state = ImportRun.State.FAILED if run.failure else ImportRun.State.COMPLETE
    run.finished_at = run.heartbeat_at = now
    run.done_bytes = run.total_bytes
    run.save()
    with connection.cursor() as cursor:
        # The planner must know of a bulk load before the first page asks.
        if run.created_count + run.updated_count > 1000:
            cursor.execute(
                "ANALYZE papers_paper, papers_author, papers_authorship, papers_citation, papers_paperidentifier, "
                "papers_authorshipinstitution, papers_papercategory, papers_papertopic, papers_papersearch"
            )


def _progress(run: ImportRun) -> Progress:
    return Progress(
        run.total_bytes,
        run.done_bytes,
        run.created_count,
        run.updated_count,
        run.unchanged_count,
        run.rejected_count,
    )
