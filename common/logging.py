"""Logs as events with fields: JSON lines for machines, or aligned text for a person."""

import logging
from typing import Any

import structlog
from django.core.exceptions import BadRequest, SuspiciousOperation
from structlog.typing import Processor

# Fields whose value must never be written to a log, whoever logs it.
SECRET_FIELDS = frozenset({"password", "token", "secret", "code", "authorization", "cookie", "api_key"})


def hide_secrets(_logger: object, _method: str, event: Any) -> Any:
    """Blank the values of fields that are named like a secret."""
    for field in SECRET_FIELDS & event.keys():
        event[field] = "…"
    return event


def no_traceback_of_bad_requests(record: logging.LogRecord) -> bool:
    """What a visitor sent is no fault of the code: such a request is one line in the log."""
    if record.exc_info and isinstance(record.exc_info[1], BadRequest | SuspiciousOperation):
        record.exc_info = record.exc_text = None
    return True


def shared_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        hide_secrets,
    ]


def configuration(*, level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING; `form` is "json" or "console". Configures structlog to the same pipeline."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared_processors(),
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "filters": {
            "bad_requests": {"()": "django.utils.log.CallbackFilter", "callback": no_traceback_of_bad_requests}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events", "filters": ["bad_requests"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # A line for every task that came and went drowns the rest; failures are warnings and errors.
            "celery": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
