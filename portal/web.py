"""The web server: the application's processes on a private socket, and the front that speaks to clients."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError

from devstack.embedded.folders import ServerFolder, make_private
from devstack.embedded.locks import FileLock
from devstack.supervisor import Child, python

SOCKET = "web.sock"
BEHIND_FRONT = "BEHIND_FRONT"
ROOM_FOR_FORM_FIELDS = 1024 * 1024  # beside the largest file

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Any]


def web_children(environment: dict[str, str]) -> list[Child]:
    """The application and its front, as `manage.py up` and `manage.py web` run them."""
    socket = private_socket()
    application = application_on("--uds", str(socket), "--backpressure", str(settings.WEB_THREADS))
    front = python(
        "-m",
        "portal.front",
        settings.HOST,
        str(settings.PORT),
        str(socket),
        "--slots",
        str(settings.WEB_PROCESSES * settings.WEB_THREADS),
        "--most-body-bytes",
        str(settings.UPLOAD_MAX_BYTES + ROOM_FOR_FORM_FIELDS),
        "--trusted-proxies",
        str(settings.TRUSTED_PROXY_COUNT),
    )
    behind = {**environment, "PROCESS_ROLE": "web", BEHIND_FRONT: "1"}
    return [
        Child("web", application, behind, patience_seconds=12.0, socket=socket),
        Child("front", front, patience_seconds=10.0),
    ]


def application_on(*listening: str) -> list[str]:
    """The command of the application's server, which listens where the options of Granian say."""
    return python(
        "-m",
        "granian",
        "--interface",
        "wsgi",
        *listening,
        "--workers",
        str(settings.WEB_PROCESSES),
        "--blocking-threads",
        str(settings.WEB_THREADS),
        "--runtime-threads",
        "1",
        "--http",
        "1",
        "--no-ws",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "8",
        "--log-level",
        "warning",
        "portal.wsgi:application",
    )


def alone_in_folder() -> FileLock:
    """The right to serve from this data folder, until it is released; CommandError when a portal does already."""
    place = _folder()
    place.make()
    lock = FileLock(place.keeping)
    if not lock.try_take():
        raise CommandError(f"A portal runs on {settings.DATA_DIR} already: stop it, or set DATA_DIR to another folder.")
    return lock


def private_socket() -> Path:
    """Where the application listens: a socket that this user alone can reach."""
    folder = _folder().socket_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    make_private(folder, uid=os.getuid(), gid=os.getgid())
    return folder / SOCKET


def with_peer(application: Application) -> Application:
    """Behind the front: the address that it names is the address that a request comes from."""
    if not os.environ.get(BEHIND_FRONT):
        return application

    def named(environ: dict[str, Any], start_response: StartResponse) -> Any:
        environ["REMOTE_ADDR"] = environ.pop("HTTP_X_COLOPHON_PEER", "")
        return application(environ, start_response)

    return named


def _folder() -> ServerFolder:
    return ServerFolder(Path(settings.DATA_DIR).absolute(), "web")
