"""/healthz says that the process answers; /readyz says whether the portal can do its work, and what it lacks."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

from common.redis_client import redis_client
from portal.heartbeat import KEY

type View = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers the two before anything else: no session, no redirect to https, no host name to match."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = {"/healthz": healthz, "/readyz": readyz}.get(request.path_info)
        if view is None:
            return self.get_response(request)
        response = view(request)
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log every 503 while we start
        return response


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when anything is missing; the body says what either way."""
    checks = {"postgres": _postgres(), "migrations": "unknown", "redis": "unknown", "worker": "unknown"}
    if checks["postgres"] == "ok":
        checks["migrations"] = _migrations()
    checks |= _redis_and_worker()
    ready = set(checks.values()) == {"ok"}
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _postgres() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return "away"
    return "ok"


_all_applied = False


def _migrations() -> str:
    """Once all are applied they stay so for this process: its code brings no others."""
    global _all_applied
    if not _all_applied:
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError:
            return "unknown"
        _all_applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if _all_applied else "missing"


def _redis_and_worker() -> dict[str, str]:
    try:
        return {"redis": "ok", "worker": "ok" if redis_client().exists(KEY) else "silent"}
    except (RedisError, OSError):
        return {"redis": "away", "worker": "unknown"}
