"""What following holds on a person, for the export."""

from following.models import Digest, Follow, Preference, Reader
from following.selectors.names import targets_named


def export_user_data(user_id: int) -> dict[str, object]:
    """Follows with their names, settings and digests; secrets are left out."""
    follows = list(Follow.objects.filter(user_id=user_id).order_by("pk"))
    names = targets_named((row.kind, row.target_id) for row in follows)
    reader = Reader.objects.filter(user_id=user_id).values(
        "time_zone", "digest_hour", "digest_weekday", "shows_follows", "feed_key_made_at"
    )
    digests = (
        Digest.objects.filter(user_id=user_id)
        .order_by("pk")
        .values("cadence", "period", "state", "events_count", "created_at")
    )
    return {
        "follows": [
            {
                "kind": row.kind,
                "id": target.code,
                "name": target.name,
                "followed_at": row.followed_at,
                "shows": row.shows,
            }
            for row in follows
            if (target := names.get((row.kind, row.target_id)))
        ],
        "settings": [dict(row) for row in reader],
        "mail": dict(
            Preference.objects.filter(user_id=user_id).order_by("event_kind").values_list("event_kind", "cadence")
        ),
        "digests": [dict(row) for row in digests],
    }
