"""Every bell that somebody rings has somebody who answers."""

import ast

from celery import current_app

from portal.schedule import JOBS
from tests.house.sources import app_modules, name_of, nodes

RINGING = {"enqueue", "run_here", "send"}
# The broker may hand their message out again while they are at work: what they do is a row with a lease that they renew,
# or under a lock of the database's, so whoever gets it meanwhile finds nothing to do.
LEASED = {"metrics.work_on_scores", "identity.settle"}


def registered() -> set[str]:
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith("celery.")}


def rung() -> dict[str, str]:
    """Task names that modules ring for, with the place of one call each."""
    found = {}
    for path in app_modules():
        for node in nodes(path):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if (
                called in RINGING
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and "." in first.value
            ):
                found[first.value] = f"{name_of(path)}:{node.lineno}"
    return found


def test_every_task_that_is_rung_for_is_registered():
    assert {name: place for name, place in rung().items() if name not in registered()} == {}


def test_every_scheduled_job_is_a_registered_task():
    assert [job.task for job in JOBS if job.task not in registered()] == []


def test_task_names_say_their_app_and_every_task_has_its_limits():
    for name in registered():
        task = current_app.tasks[name]
        assert name.split(".")[0] == type(task).__module__.split(".")[0], name
        assert task.time_limit, name
        assert task.soft_time_limit, name
        assert name in LEASED or task.time_limit < current_app.conf.visibility_timeout, name
