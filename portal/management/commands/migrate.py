from typing import Any

from django.core.management.commands import migrate

from common.db.kind_checks import write_functions
from portal.roles import as_owner, open_to


class Command(migrate.Command):
    help = f"{migrate.Command.help} As DATABASE_OWNER_URL if there is one; the application's role gets its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner() as role:
            super().handle(*args, **options)
            if options["plan"] or options["check_unapplied"]:
                return
            if not options["app_label"]:  # of one app alone, the tables of the others may be of any day
                write_functions()
            if role is not None:
                open_to(role)
