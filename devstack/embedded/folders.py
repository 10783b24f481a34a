"""Where the embedded servers keep their files, and how long a socket's path may be."""

import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from devstack.embedded.errors import EmbeddedError

# The database and its owner; and the role of web, worker and beat, which cannot change the log (docs/adr/0052).
NAME, APP = "colophon", "colophon_app"
PROJECT = Path(__file__).resolve().parent.parent.parent
# sun_path holds 108 bytes with its final zero; Postgres appends "/.s.PGSQL.5432.lock" to the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/+-]+")


def data_dir() -> Path:
    """The absolute data folder: $DATA_DIR, or `.data` in the project."""
    return Path(os.environ.get("DATA_DIR") or PROJECT / ".data").absolute()


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """The folder of one embedded server, `$DATA_DIR/<service>`, and the files in it."""

    root: Path
    service: str

    @property
    def home(self) -> Path:
        return self.root / self.service

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def supervisor_log(self) -> Path:
        return self.home / "keeper.log"

    @property
    def state(self) -> Path:
        return self.home / "state.json"

    @property
    def pid(self) -> Path:
        return self.home / "server.pid"

    @property
    def leases(self) -> Path:
        """Everybody who uses the server holds a shared lock on this file."""
        return self.home / "leases.lock"

    @property
    def starting(self) -> Path:
        """Whoever starts the server holds an exclusive lock on this file meanwhile."""
        return self.home / "starting.lock"

    @property
    def keeping(self) -> Path:
        """The supervisor holds an exclusive lock on this file as long as it lives."""
        return self.home / "keeper.lock"

    def make(self) -> None:
        """Create the folder; raises EmbeddedError when it belongs to somebody else."""
        try:
            self.home.mkdir(parents=True, exist_ok=True, mode=0o755)
            self.keeping.touch(mode=0o600)
            self.leases.touch(mode=0o600)
            self.starting.touch(mode=0o600)
        except OSError as error:
            raise EmbeddedError(
                f"The data folder {self.home} cannot be used by this user ({error.strerror}): "
                "set DATA_DIR to a folder of your own, or run as the user who made it."
            ) from error

    def secret(self) -> str:
        """The server's password, made on first use and readable by its owner only."""
        path = self.home / "secret"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(24))
        return path.read_text().strip()

    def socket_folder(self) -> Path:
        """The private folder for the server's socket: in the data folder if its path is short and plain, else in /tmp."""
        inside = self.home / "run"
        text = str(inside)
        if len(text.encode()) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(text):
            return inside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path("/tmp") / f"colophon-{os.getuid()}-{digest}"


def make_private(folder: Path, *, uid: int, gid: int) -> None:
    """Create `folder` for one user alone; refuse one that somebody else put there first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.getuid()}:
        raise EmbeddedError(f"{folder} is not a folder of this user: remove it and start again.")
    folder.chmod(0o700)
    if os.getuid() == 0:
        os.chown(folder, uid, gid)
