from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from harvest.models import ImportRun
from harvest.services.importing import import_files
from harvest.sources import RECORDS

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., ImportRun]:
    """Imports works of the record format from a file of their own."""

    def load(*works: dict[str, Any], at: datetime = NOW) -> ImportRun:
        path = tmp_path / "works.jsonl"
        path.write_bytes(b"\n".join(map(orjson.dumps, works)) + b"\n")
        return import_files(source=RECORDS, paths=[path], clock=lambda: at)

    return load
