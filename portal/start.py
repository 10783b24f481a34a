"""What every entry point does before Django reads its settings."""

import os
import secrets
import sys

from devstack.embedded import EmbeddedError, ensure
from devstack.embedded.folders import data_dir

# These read neither Postgres nor Redis, or stop them.
WITHOUT_SERVERS = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "down",
        "help",
        "makemessages",
        "spectacular",
        "version",
    }
)


def prepare(*, role: str, servers: bool = True) -> None:
    """Choose the settings, find or start the embedded servers unless real ones are named, say what we are.

    Nothing is embedded with the production settings: there a missing address is an error of its own.
    Ends the process with one sentence when a server cannot be started.
    """
    settings = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    os.environ.setdefault("PROCESS_ROLE", role)
    if not servers or settings == "portal.settings.prod":
        return
    try:
        ensure()
        if "SECRET_KEY" not in os.environ:
            os.environ["SECRET_KEY"] = own_secret_key()
    except (EmbeddedError, OSError) as error:
        sys.exit(f"colophon: {error}")


def own_secret_key() -> str:
    """The signing key of this data folder, made on first use: sessions outlive a restart and no key is shared."""
    path = data_dir() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()
