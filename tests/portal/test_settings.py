"""A wrong setting is a numbered error, and the documentation knows every number."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import (
    dev,  # noqa: F401 - importing declares its variables
    env,
    prod,  # noqa: F401
)
from portal.settings.mail import mailers_from_url
from portal.settings.urls import broker_from_url, database_from_url, with_database

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(r"^\| `([A-Z_]+)` \| (\S+) \| (.*?) \| (.*?) \|$", re.MULTILINE)
GOOD = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.prod",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "colophon.example",
    "DATABASE_URL": "postgresql://colophon@db.example/colophon",
    "REDIS_URL": "redis://redis.example:6379/0",
    "DEFAULT_FROM_EMAIL": "colophon@colophon.example",
    "BASE_URL": "https://colophon.example",
    "EMAIL_URL": "smtp://mail.example",
}


def complaints(**changes: str) -> set[str]:
    """The numbers of the errors that `manage.py check` ends in with these variables, on a real site."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**kept, **GOOD, **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return set(re.findall(r"portal\.E\d{3}", done.stderr))


def test_the_table_of_settings_and_the_code_say_the_same():
    text = (ROOT / "docs" / "operations.md").read_text()
    documented = {name: (check, default.strip("`"), meaning) for name, check, default, meaning in ROW.findall(text)}
    declared = {v.name: (v.check, v.default, v.meaning) for v in env.VARIABLES.values()}
    rows = [f"| `{name}` | {c} | {f'`{d}`' if d else ''} | {m} |" for name, (c, d, m) in sorted(declared.items())]
    assert documented == declared, "the table ought to be\n" + "\n".join(rows)


def test_a_complete_site_has_nothing_to_complain_of():
    assert complaints() == set()


def test_every_wrong_value_is_named_in_one_start():
    assert complaints(
        SECRET_KEY="short",
        ALLOWED_HOSTS="*",
        DATABASE_URL="mysql://db/x",
        REDIS_URL="",
        PORT="eighty",
        STATEMENT_TIMEOUT_MS="-1",
        LOG_FORMAT="xml",
        BASE_URL="colophon",
        CSRF_TRUSTED_ORIGINS="colophon.example",
        DEBUG="1",
        EMAIL_URL="pigeon://loft",
        DEFAULT_FROM_EMAIL="nobody",
        HSTS_SECONDS="x",
        TRUSTED_PROXY_COUNT="99",
    ) >= {f"portal.E{number:03}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 11, 15, 18, 20, 21, 22)}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40w@h:5433/db", ("u", "p@w", "h", "5433", "db")),
        ("postgres://u@h/db", ("u", "", "h", "", "db")),
        ("postgresql://u:p@/db?host=%2Frun%2Fpg", ("u", "p", "/run/pg", "", "db")),
    ],
)
def test_a_postgres_address_is_read_in_all_its_forms(url, expected):
    entry = database_from_url(url)
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == expected


@pytest.mark.parametrize("url", ["mysql://h/db", "postgresql://h", "", "db"])
def test_what_is_no_postgres_address_is_refused(url):
    with pytest.raises(ValueError, match="a Postgres address looks like"):
        database_from_url(url)


def test_celery_is_told_of_a_unix_socket_in_its_own_words():
    assert broker_from_url("unix://:pw@/run/redis.sock?db=3") == "redis+socket://:pw@/run/redis.sock?virtual_host=3"
    assert broker_from_url("redis://:pw@h:6379/2") == "redis://:pw@h:6379/2"
    with pytest.raises(ValueError, match="a Redis address looks like"):
        broker_from_url("amqp://h")


def test_a_redis_address_can_name_another_of_its_databases():
    assert with_database("unix://:pw@/run/redis.sock?db=0", 4) == "unix://:pw@/run/redis.sock?db=4"
    assert with_database("redis://:pw@h:6379/0", 4) == "redis://:pw@h:6379/4"


def test_a_mail_address_says_whether_the_line_is_encrypted_from_the_start():
    started = mailers_from_url("smtp://u:p@mail.example")["default"]["OPTIONS"]
    assert (started["port"], started["use_tls"], started["use_ssl"]) == (587, True, False)
    encrypted = mailers_from_url("smtps://u:p@mail.example")["default"]["OPTIONS"]
    assert (encrypted["port"], encrypted["use_tls"], encrypted["use_ssl"]) == (465, False, True)


@pytest.mark.django_db
def test_pages_forbid_inline_scripts_frames_and_foreign_content(client):
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'none'"):
        assert rule in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
