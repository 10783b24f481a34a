"""What the supervisor starts it keeps up, and takes along when it goes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from devstack.supervisor import Child, Supervisor, describe

ROOT = Path(__file__).resolve().parent.parent.parent
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_a_child_that_dies_is_started_again_and_all_end_together():
    said: list[str] = []
    child = Child("sleeper", SLEEP, patience_seconds=5)
    supervisor = Supervisor([child], say=said.append)
    numbers: list[int] = []

    def watch() -> None:
        number = child.process.pid if child.process else 0
        if number not in numbers:
            numbers.append(number)
            if len(numbers) == 1:
                os.kill(number, signal.SIGKILL)
        if len(numbers) == 2:
            supervisor.stop()

    supervisor.ticks.append(watch)
    supervisor.run()
    assert said[0] == "sleeper ended (signal SIGKILL): starting it again in 0.5 s"
    assert said[1] == "sleeper started again"
    assert not any(is_running(number) for number in numbers)


def test_a_socket_that_a_killed_child_left_does_not_keep_the_next_from_starting(tmp_path):
    listening = "import socket, sys, time; socket.socket(socket.AF_UNIX).bind(sys.argv[1]); time.sleep(60)"
    place = tmp_path / "web.sock"
    child = Child("server", [sys.executable, "-c", listening, str(place)], socket=place)
    for _time in range(2):
        child.start()
        assert soon(place.exists)
        child.signal(signal.SIGKILL)
        assert child.process is not None
        assert child.process.wait() == -signal.SIGKILL
        assert place.exists()


def test_a_child_that_ignores_a_polite_request_is_killed():
    stubborn = [
        sys.executable,
        "-c",
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)",
    ]
    said: list[str] = []
    child = Child("mule", stubborn, patience_seconds=0.5)
    supervisor = Supervisor([child], say=said.append)
    began = time.monotonic()
    supervisor.ticks.append(lambda: supervisor.stop() if time.monotonic() - began > 1 else None)
    supervisor.run()
    assert said == ["mule did not stop within 0 s: killed"]
    assert child.process
    assert not is_running(child.process.pid)


def test_children_end_when_the_supervisor_is_killed():
    script = (
        "import sys; from devstack.supervisor import *; "
        f"child = Child('sleeper', {SLEEP!r}); supervisor = Supervisor([child], say=print); "
        "supervisor.ticks.append(lambda: print(child.process.pid, flush=True)); supervisor.run()"
    )
    boss = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert boss.stdout
    number = int(boss.stdout.readline())
    assert is_running(number)
    boss.kill()
    boss.communicate()
    assert soon(lambda: not is_running(number))


def test_an_exit_status_is_said_in_words():
    assert describe(3) == "status 3"
    assert describe(-9) == "signal SIGKILL"
    assert describe(None) == "never started"
