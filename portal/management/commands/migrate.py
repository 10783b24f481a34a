from typing import Any

from django.core.management.commands import migrate

from portal.roles import as_owner, open_to


class Command(migrate.Command):
    help = f"{migrate.Command.help} As DATABASE_OWNER_URL if there is one; the application's role gets its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner() as role:
            super().handle(*args, **options)
            if role is not None and not (options["plan"] or options["check_unapplied"]):
                open_to(role)
