import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from harvest.demo import corpus
from harvest.management.importer import ImportCommand
from harvest.sources import RECORDS


class Command(ImportCommand):
    help = "Write the invented demo corpus and import it. The same seed gives the same corpus."
    source = RECORDS

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--papers", type=int, default=corpus.DEFAULT_PAPERS, help="at least 10")
        parser.add_argument("--seed", type=int, default=corpus.DEFAULT_SEED)
        parser.add_argument("--output", type=Path, metavar="FILE", help="keep the JSON Lines file here")
        parser.add_argument("--no-import", action="store_true", help="only write the file")
        parser.add_argument("--json", action="store_true", help="print the last line as JSON")
        parser.add_argument(
            "--no-refresh", action="store_true", help="leave numbers and search to the next refresh or worker"
        )

    def handle(self, **options: Any) -> None:
        papers, seed, output = options.pop("papers"), options.pop("seed"), options.pop("output")
        no_import = options.pop("no_import")
        if no_import and output is None:
            raise CommandError("--no-import needs --output FILE.", returncode=2)
        with tempfile.TemporaryDirectory(prefix="colophon-demo-") as folder:
            path = output or Path(folder) / f"demo-{papers}-{seed}.jsonl"
            try:
                corpus.write(path, papers=papers, seed=seed)
            except (ValueError, OSError) as problem:
                raise CommandError(str(problem), returncode=2) from problem
            if not no_import:
                super().handle(paths=[path], **options)
