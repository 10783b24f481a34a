"""An owner's picture: files by unguessable names, gone when the row no longer names them."""

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import User
from profiles.domain.pictures import SIZES, pictures_of
from profiles.models import Profile
from profiles.services.owned import owned_profile


def set_photo(*, user: User, author_id: int, content: bytes, now: datetime) -> Profile:
    """Raises NotOwner, InvalidPicture before anything is written, and OSError on a full disk; no file is left then."""
    made = pictures_of(content)
    unneeded = name = secrets.token_hex(16)
    try:
        for side, webp in made.items():
            _write(photo_path(name, side), webp)
        with transaction.atomic():
            profile = owned_profile(user=user, author_id=author_id, now=now)
            before, profile.photo, profile.changed_at = profile.photo, name, now
            profile.save(update_fields=["photo", "changed_at"])
        unneeded = before
    finally:
        delete_files(unneeded)
    return profile


def remove_photo(*, user: User, author_id: int, now: datetime) -> Profile:
    """Raises NotOwner."""
    with transaction.atomic():
        profile = owned_profile(user=user, author_id=author_id, now=now)
        before, profile.photo, profile.changed_at = profile.photo, "", now
        profile.save(update_fields=["photo", "changed_at"])
    delete_files(before)
    return profile


def photo_path(name: str, side: int) -> Path:
    """Where the picture of this name and size lies; a name is 32 hexadecimal digits of ours."""
    return Path(settings.MEDIA_ROOT) / "photos" / name[:2] / f"{name}-{side}.webp"


def delete_files(name: str) -> None:
    if not name:
        return
    for side in SIZES:
        photo_path(name, side).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
