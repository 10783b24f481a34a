"""A mail server for tests: takes what it is given over SMTP, and says at which step it is."""

import re
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread


class _Dialogue(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        with suppress(OSError):  # whoever spoke to us was killed
            self._converse()

    def _converse(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line.split()[0].upper().decode() if line.split() else ""
            self.server.reached(verb)
            if verb == "EHLO":
                self._say("250-here\r\n250 8BITMIME")
            elif verb == "RCPT":
                self._say(self.server.answers.get(line.decode().partition("<")[2].partition(">")[0], "250 ok"))
            elif verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        text = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            text += line
        self.server.reached("TAKING")
        self.server.taken.append(text.decode())
        self.server.reached("TAKEN")
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`taken` has the text of each mail; `answers` maps an address to what RCPT answers; `at_step` hears each verb."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[str] = []
        self.answers: dict[str, str] = {}
        self.at_step: Callable[[str], None] = lambda step: None

    def reached(self, step: str) -> None:
        self.at_step(step)

    @property
    def message_ids(self) -> list[str]:
        return [found for text in self.taken for found in re.findall(r"(?mi)^message-id: (\S+)", text)]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
