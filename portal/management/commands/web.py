from typing import Any

from django.core.management.base import BaseCommand

from devstack.supervisor import Supervisor
from portal.web import alone_in_folder, web_children


class Command(BaseCommand):
    help = "The web server of a real site: the application's processes and the front, on HOST:PORT."

    def handle(self, *args: Any, **options: Any) -> None:
        alone = alone_in_folder()
        supervisor = Supervisor(web_children({"DATABASE_OWNER_URL": ""}), say=self.say)
        supervisor.listen()
        try:
            supervisor.run()
        finally:
            alone.release()

    def say(self, text: str) -> None:
        self.stdout.write(f"colophon: {text}")
        self.stdout.flush()
