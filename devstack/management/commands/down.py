from typing import Any

from django.core.management.base import BaseCommand

from devstack import embedded


class Command(BaseCommand):
    help = "Stop the embedded Postgres and Redis of $DATA_DIR, even if they are in use."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = embedded.down()
        self.stdout.write(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")
