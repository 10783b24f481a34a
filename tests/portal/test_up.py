"""Two starts in one place: the second says so in one sentence and harms nothing."""

import socket

import pytest
from django.core.management import CommandError, call_command

from devstack.management.commands import up
from portal.web import alone_in_folder


def test_a_port_in_use_is_named_before_anything_is_started():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"127.0.0.1:{port}.*set PORT"):
            up.refuse_a_busy_port("127.0.0.1", port)


@pytest.mark.parametrize("command", ["up", "web"])
def test_a_second_portal_on_one_folder_is_refused_and_the_first_goes_on(settings, tmp_path, monkeypatch, command):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(up, "refuse_a_busy_port", lambda host, port: None)
    first = alone_in_folder()
    with pytest.raises(CommandError, match=r"runs on .* already"):
        call_command(command)
    first.release()
    alone_in_folder().release()
