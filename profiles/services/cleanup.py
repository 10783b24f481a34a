"""Nothing is kept longer than it is good for."""

import time
from datetime import datetime
from pathlib import Path

from django.conf import settings

from profiles.models import Profile
from profiles.services.listing_codes import forget_old_codes

YOUNG_SECONDS = 3_600  # a file that is this young may belong to a save that is not committed yet


def tidy(*, now: datetime) -> int:
    """Delete codes past their time, and pictures that no profile names; returns how many files."""
    forget_old_codes(now=now)
    folder = Path(settings.MEDIA_ROOT) / "photos"
    old = [file for file in folder.glob("*/*") if file.stat().st_mtime < time.time() - YOUNG_SECONDS]
    kept = set(Profile.objects.exclude(photo="").values_list("photo", flat=True))
    orphans = [file for file in old if file.name.partition("-")[0] not in kept]
    for file in orphans:
        file.unlink(missing_ok=True)
    return len(orphans)
