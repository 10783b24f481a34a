"""`manage.py take_returned`: reports of mail servers from files, or one from standard input as a mail pipe gives it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.domain.returned import LARGEST_BYTES, NoReport
from accounts.services.returned import take_report
from common import clock


class Command(BaseCommand):
    help = "Stop mail to addresses that bounced: one bounce report per file, or one on standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="*", type=Path, help="a report; without any, standard input is read")

    def handle(self, *, path: list[Path], **_options: object) -> None:
        stopped = ignored = 0
        for name, raw in _reports(path):
            try:
                mail = take_report(raw, now=clock.now())
            except NoReport as reason:
                ignored += 1
                self.stderr.write(f"{name}: {reason}")
            else:
                stopped += 1
                self.stdout.write(f"{name}: nothing more is sent to {mail.address}")
        self.stdout.write(f"stopped={stopped} ignored={ignored}")


def _reports(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Each report by name; one byte more than is allowed is read at most."""
    if not paths:
        yield "standard input", sys.stdin.buffer.read(LARGEST_BYTES + 1)
        return
    for path in paths:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_BYTES + 1)
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.", returncode=2) from problem
        yield str(path), content
