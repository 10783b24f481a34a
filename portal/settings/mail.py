"""Reading the address of the mail server."""

from typing import Any
from urllib.parse import unquote, urlsplit


def mailers_from_url(url: str) -> dict[str, dict[str, Any]]:
    """Django's MAILERS; an empty URL writes mail to the console. Raises ValueError for other schemes than SMTP's."""
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("a mail address looks like smtp://user:password@host:587 or smtps://user:password@host:465")
    encrypted = parts.scheme == "smtps"
    options = {
        "host": parts.hostname,
        "port": parts.port or (465 if encrypted else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": encrypted,
        "use_tls": not encrypted,
        "timeout": 10,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
