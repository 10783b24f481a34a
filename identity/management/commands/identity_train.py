from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common import clock
from identity.services.training import TooLittle, train_for_site


class Command(BaseCommand):
    help = (
        "Train a model on this site's own names by cutting them; it is used if it does better on names it has not seen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the model here and do not use it")

    def handle(self, *, out: Path | None, **_options: object) -> None:
        try:
            trained = train_for_site(now=clock.now(), out=out, tell=self.stdout.write)
        except TooLittle as problem:
            raise CommandError(str(problem), returncode=1) from problem
        self.stdout.write(
            f"loss={trained.loss:.4f} before={trained.before:.4f} used={'yes' if trained.is_used else 'no'}"
        )
