"""Holds the servers of a site of faults and runs its commands, one a line of JSON: `python -m … FOLDER`.

As `manage.py up` does, it starts a server again whose supervisor gave up after too many deaths. Commands run here because
a process of their own costs each of them four seconds.
"""

import io
import json
import os
import select
import sys
from pathlib import Path

from devstack.embedded import ensure, release, restart_lost


def main() -> None:
    ensure(folder=Path(sys.argv[1]), profile="test")
    say(f"{os.environ['DATABASE_URL']} {os.environ['REDIS_URL']}")
    import django

    django.setup()
    while True:
        restart_lost()
        if select.select([sys.stdin], [], [], 0.2)[0]:
            line = sys.stdin.readline()
            if not line:
                break
            say(json.dumps(run(*json.loads(line))))
    release()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(*arguments: str) -> str:
    """What the command said; one word with a dot is a task. What it raises ends this process, with its traceback in
    holder.log."""
    from django.core.management import call_command
    from django.db import connections

    from common.queue import run_here

    said = io.StringIO()
    if "." in arguments[0]:
        run_here(arguments[0])
    else:
        call_command(*arguments, stdout=said)
    connections.close_all()  # the servers may be killed before the next command
    return said.getvalue()


if __name__ == "__main__":
    main()
