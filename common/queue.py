"""The queue. Services enqueue by a task's name; only `portal` knows Celery's application.

Postgres is the truth: what must happen is a row before this is called, and a sweeper finds rows whose message
was lost. So a queue that is away is written to the log and never fails the request.
"""

from collections.abc import Mapping
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from common.redis_client import redis_client

log = structlog.get_logger(__name__)

type TaskArgument = int | str | bool | None


def enqueue(name: str, **ids: TaskArgument) -> None:
    """Have the task `name` run with these ids once the present transaction is committed."""
    transaction.on_commit(partial(send, name, ids))


def send(name: str, ids: Mapping[str, TaskArgument]) -> bool:
    """Send now; says whether the message was delivered. Callers inside a transaction want `enqueue`."""
    try:
        redis_client().ping()  # Celery's own client would try for six seconds, and a visitor may be waiting
        current_app.send_task(name, kwargs=dict(ids), retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("queue_away", task=name, ids=ids, error=str(error))
        return False
    return True


def run_here(name: str, **ids: TaskArgument) -> object:
    """Run the task `name` in this process and return its result; raises what it raises, LookupError if unknown."""
    current_app.loader.import_default_modules()
    if name not in current_app.tasks:
        raise LookupError(f"No task is named {name!r}.")
    return current_app.tasks[name].apply(kwargs=ids, throw=True).get()
