"""All that the portal holds on one person, composed of what each app says it holds."""

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User

APPS = ("accounts", "papers", "metrics", "harvest", "claims", "following", "collaborations", "profiles")
MOST_CHARACTERS = 50_000_000

type Held = Callable[[User], Mapping[str, Any]]


def exported(user: User, *, now: str) -> Iterator[str]:
    """JSON piece by piece: an object with a part for each app. What is too much ends with `is_cut` true."""
    written = 0
    yield json.dumps({"portal": "Colophon", "made_at": now})[:-1]
    for app, held_on in selectors():
        for name, value in held_on(user).items():
            text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
            written += len(text)
            if written > MOST_CHARACTERS:
                yield ', "is_cut": true}'
                return
            yield f", {json.dumps(f'{app}.{name}')}: {text}"
    yield ', "is_cut": false}'


def selectors() -> Iterator[tuple[str, Held]]:
    """`held_on` of every app that has one, from the ground up."""
    for app in APPS:
        if find_spec(f"{app}.selectors") and find_spec(f"{app}.selectors.held"):
            yield app, import_module(f"{app}.selectors.held").held_on
