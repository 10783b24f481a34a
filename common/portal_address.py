"""Where the portal of this data folder answers: what `manage.py up` noted while it runs, else BASE_URL."""

from pathlib import Path

from django.conf import settings


def _note() -> Path:
    return Path(settings.DATA_DIR) / "address"


def note_address(address: str) -> None:
    """Keep the address for commands of the same data folder."""
    _note().write_text(address)


def forget_address() -> None:
    """The portal has ended."""
    _note().unlink(missing_ok=True)


def portal_address() -> str:
    """Without a slash at its end."""
    try:
        return _note().read_text().strip() or settings.BASE_URL
    except FileNotFoundError:
        return settings.BASE_URL
