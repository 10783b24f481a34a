"""Who acts, for the rows of the log that triggers write where the changed row itself does not say it."""

import json

from django.db import connection


def note_actor(user_id: int | None) -> None:
    """Have the log's rows of this transaction name a user; None takes the name away again."""
    context = "" if user_id is None else json.dumps({"by": user_id})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_metadata', %s, true)", [context])
