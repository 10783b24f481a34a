"""Reading server addresses: one URL a server, by TCP or by a unix socket."""

from urllib.parse import parse_qs, quote, unquote, urlsplit


def database_from_url(url: str) -> dict[str, str]:
    """Django's connection values for a postgresql:// URL; a unix socket's folder is given as ?host=.

    Raises ValueError when the URL is none of Postgres's.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("a Postgres address looks like postgresql://user:password@host:5432/database")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or query.get("password", "")),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
    }


def broker_from_url(url: str) -> str:
    """Celery's spelling of a Redis URL: it knows unix sockets by another scheme.

    Raises ValueError when the URL is none of Redis's.
    """
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return url
    if parts.scheme == "unix" and parts.path:
        password = f":{quote(unquote(parts.password), safe='')}@" if parts.password else ""
        number = parse_qs(parts.query).get("db", ["0"])[-1]
        return f"redis+socket://{password}{parts.path}?virtual_host={number}"
    raise ValueError("a Redis address looks like redis://:password@host:6379/0 or unix://:password@/path?db=0")


def with_database(url: str, number: int) -> str:
    """The same Redis, another of its numbered databases."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return parts._replace(query=f"db={number}").geturl()
    return parts._replace(path=f"/{number}").geturl()
