from typing import Any

from django.core.management.base import BaseCommand

from portal.supervisor import Supervisor
from portal.web import web_children


class Command(BaseCommand):
    help = "The web server of a real site: the application's processes and the front, on HOST:PORT."

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor(web_children({"DATABASE_OWNER_URL": ""}), say=self.say)
        supervisor.listen()
        supervisor.run()

    def say(self, text: str) -> None:
        self.stdout.write(f"colophon: {text}")
        self.stdout.flush()
