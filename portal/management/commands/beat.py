import signal
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from common import clock
from portal.schedule import tick

log = structlog.get_logger(__name__)
PAUSE_SECONDS = 2.0


class Command(BaseCommand):
    help = "Enqueue every job of the schedule when it is due. Several may run: each job is enqueued once."

    def handle(self, *args: Any, **options: Any) -> None:
        ending = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ending.set())
        while not ending.is_set():
            try:
                tick(now=clock.now())
            except DatabaseError as error:
                log.warning("beat_without_database", error=str(error))
                connection.close()
            ending.wait(PAUSE_SECONDS)
