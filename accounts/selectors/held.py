"""What accounts holds on a person beyond the account itself, for the export."""

from typing import Any

from accounts.models import Letter, Notice, User


def held_on(user: User) -> dict[str, list[Any]]:
    """Letters and notices, oldest first; times as datetimes. Texts of old letters are no longer kept and ""."""
    letters = Letter.objects.filter(to=user).order_by("pk")
    notices = Notice.objects.filter(user=user).order_by("pk")
    return {
        "letters": [
            dict(row)
            for row in letters.values("kind", "address", "subject", "text", "state", "written_at", "sent_at")
        ],
        "notices": [dict(row) for row in notices.values("kind", "message", "url", "created_at", "seen_at")],
    }
