"""/healthz and /readyz say what is there and what is missing."""

import pytest
from django.db import OperationalError
from redis import Redis

from common.redis_client import redis_client
from portal import health
from portal.heartbeat import KEY, write_heartbeat


@pytest.fixture
def heartbeat():
    write_heartbeat()
    yield
    redis_client().delete(KEY)


def test_the_process_is_alive_without_any_server(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_when_everything_is_there(client, heartbeat):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "checks": {"postgres": "ok", "migrations": "ok", "redis": "ok", "worker": "ok"},
    }


@pytest.mark.django_db
def test_not_ready_while_no_worker_has_been_heard(client):
    redis_client().delete(KEY)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == "silent"


@pytest.mark.django_db
def test_not_ready_while_redis_is_away(client, monkeypatch):
    monkeypatch.setattr(health, "redis_client", lambda: Redis(unix_socket_path="/nonexistent/redis.sock"))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {
        "postgres": "ok",
        "migrations": "ok",
        "redis": "away",
        "worker": "unknown",
    }


@pytest.mark.django_db
def test_not_ready_while_postgres_is_away(client, monkeypatch, heartbeat):
    def refuse(*_args: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(health.connection, "cursor", refuse)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["postgres"] == "away"


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch, heartbeat):
    monkeypatch.setattr(health, "_all_applied", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_args: ["one"])
    assert client.get("/readyz").json()["checks"]["migrations"] == "missing"
