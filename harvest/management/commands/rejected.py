from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from harvest.models import RejectedRecord


class Command(BaseCommand):
    help = "List the records that imports rejected, with source, line and reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--run", type=int, help="only those of one import run")
        parser.add_argument("--source", help="only those of one source")
        parser.add_argument(
            "--warnings", action="store_true", help="also the parts dropped from records that were taken"
        )

    def handle(self, *, run: int | None, source: str | None, warnings: bool, **_options: object) -> None:
        rows = RejectedRecord.objects.order_by("pk")
        if run is not None:
            rows = rows.filter(run_id=run)
        if source:
            rows = rows.filter(source=source)
        if not warnings:
            rows = rows.filter(is_warning=False)
        for row in rows.iterator(chunk_size=2000):
            self.stdout.write(f"{row.path}:{row.line}: {row.code}: {row.reason}")
