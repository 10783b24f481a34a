"""All that the portal holds on one person, composed of what each app answers."""

import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from common.hooks import on_user_exported

MOST_CHARACTERS = 50_000_000


def exported(user: User, *, now: str) -> Iterator[str]:
    """JSON piece by piece: an object with a part for each app. What is too much ends with `is_cut` true."""
    written = 0
    yield json.dumps({"portal": "Colophon", "made_at": now})[:-1]
    for app, parts in on_user_exported.answers(user.pk):
        for name, value in parts.items():
            text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
            written += len(text)
            if written > MOST_CHARACTERS:
                yield ', "is_cut": true}'
                return
            yield f", {json.dumps(f'{app}.{name}')}: {text}"
    yield ', "is_cut": false}'
