from argparse import ArgumentParser
from pathlib import Path

from harvest.management.importer import ImportCommand
from harvest.sources import SOURCES


class Command(ImportCommand):
    help = "Import files of any source, by its name; the same as the command of that source where it has one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=[source.name for source in SOURCES])
        super().add_arguments(parser)

    def handle(self, *, paths: list[Path], json: bool, no_refresh: bool, **options: object) -> None:
        self.source = next(one for one in SOURCES if one.name == options["source"])
        super().handle(paths=paths, json=json, no_refresh=no_refresh, **options)
