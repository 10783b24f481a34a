"""Builds of the network, by the clock: a build that was lost is made at the next."""

from celery import shared_task

from common import clock
from common.db import locks
from graph.services.building import build_if_changed


@shared_task(name="graph.build", soft_time_limit=210, time_limit=240)
def build() -> str:
    """Build the network anew if the record changed; returns the version that was made, "" for none."""
    with locks.session_locked_if_free("graph.build") as ours:
        done = build_if_changed(now=clock.now()) if ours else None
    return done.version if done else ""
