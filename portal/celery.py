"""Celery's application. Tasks live in the apps' `tasks` modules and are sent by name through `common.queue`.

Started as `celery -A portal.celery worker`. Importing it inside Django (`PortalConfig.ready`) makes it the
application that `send_task` uses.
"""

from celery import Celery, bootsteps
from celery.signals import setup_logging
from django.conf import settings

from portal.start import prepare

if not settings.configured:  # we are the entry point, not a module of a running Django
    prepare(role="worker")

from portal.heartbeat import write_heartbeat

app = Celery("colophon")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_details: object) -> None:
    """Being connected is enough: Celery leaves logging to Django's LOGGING then."""


class Heartbeat(bootsteps.StartStopStep):
    """Says every few seconds that the worker's main loop turns, for /readyz."""

    requires = ("celery.worker.components:Timer",)

    def start(self, parent: object) -> None:
        self.timer = parent.timer.call_repeatedly(5.0, write_heartbeat, priority=10)  # type: ignore[attr-defined]  # the worker
        write_heartbeat()

    def stop(self, parent: object) -> None:
        self.timer.cancel()


app.steps["worker"].add(Heartbeat)
