"""Every bell that somebody rings has somebody who answers."""

import ast
from pathlib import Path

from celery import current_app

from portal.schedule import JOBS
from tests.house.sources import ROOT, app_modules, layers, name_of, nodes

RINGING = {"enqueue", "run_here", "send", "register"}
# The broker may hand their message out again while they are at work: what they do is a row with a lease that they renew,
# or under a lock of the database's, so whoever gets it meanwhile finds nothing to do.
LEASED = {"metrics.work_on_scores", "identity.settle", "identity.undo"}


def registered() -> set[str]:
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith("celery.")}


def rung() -> list[tuple[str, Path, int]]:
    """Task names that modules enqueue, or register to be enqueued, with module and line."""
    found = []
    for path in app_modules():
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            names = [given.value for given in node.args if isinstance(given, ast.Constant)] if called in RINGING else []
            found += [(name, path, node.lineno) for name in names if isinstance(name, str) and "." in name]
    return found


def test_every_task_that_is_rung_for_is_registered():
    assert [(name, name_of(path), line) for name, path, line in rung() if name not in registered()] == []


def test_a_task_that_is_enqueued_is_the_caller_s_own_or_of_a_lower_layer():
    """Whoever is above takes part through `common/hooks.py`."""
    height = {app: at for at, apps in enumerate(reversed(layers())) for app in apps}
    upward = [
        (name, name_of(path), line)
        for name, path, line in rung()
        if (app := name.split(".")[0]) in height
        and app != (own := path.relative_to(ROOT).parts[0])
        and height[app] >= height[own]
    ]
    assert upward == []


def test_every_scheduled_job_is_a_registered_task():
    assert [job.task for job in JOBS if job.task not in registered()] == []


def test_task_names_say_their_app_and_every_task_has_its_limits():
    for name in registered():
        task = current_app.tasks[name]
        assert name.split(".")[0] == type(task).__module__.split(".")[0], name
        assert task.time_limit, name
        assert task.soft_time_limit, name
        assert name in LEASED or task.time_limit < current_app.conf.visibility_timeout, name
