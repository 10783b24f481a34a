"""Settings shared by every environment. Every value that varies comes from the environment."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.csp import CSP

from common.logging import configuration
from portal.settings import env
from portal.settings.accounts import *
from portal.settings.accounts import ACCOUNT_APPS
from portal.settings.api import *
from portal.settings.claims import *
from portal.settings.history import *
from portal.settings.urls import broker_from_url, database_from_url

# Classes such as ModelAdmin and QuerySet take type arguments when the code runs, too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("DATA_DIR", check="portal.E001", meaning="Folder of all data, best absolute", default=".data"))
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else BASE_DIR / DATA_DIR

SECRET_KEY = env.text(
    "SECRET_KEY",
    check="portal.E002",
    meaning="Signs sessions and tokens; 50 characters or more in production",
)
SECRET_KEY_FALLBACKS = env.listing(
    "SECRET_KEY_FALLBACKS",
    check="portal.E002",
    meaning="Earlier keys, still accepted while they are being replaced",
)
DEBUG = False
ALLOWED_HOSTS = env.listing(
    "ALLOWED_HOSTS",
    check="portal.E003",
    meaning="Host names the portal answers to, between commas; needed in production",
)
CSRF_TRUSTED_ORIGINS = env.listing(
    "CSRF_TRUSTED_ORIGINS",
    check="portal.E004",
    meaning="Origins such as https://example.org that may post forms",
)
HOST = env.text("HOST", check="portal.E005", meaning="Address that the web server listens on", default="127.0.0.1")
PORT = env.number(
    "PORT",
    check="portal.E005",
    meaning="Port that the web server listens on",
    default=8000,
    least=1,
    most=65535,
)
BASE_URL = env.text(
    "BASE_URL",
    check="portal.E006",
    meaning="Public address, for links in mail and metadata; http://HOST:PORT if empty",
)
BASE_URL = (BASE_URL or f"http://{HOST}:{PORT}").rstrip("/")
TRUSTED_PROXY_COUNT = env.number(
    "TRUSTED_PROXY_COUNT",
    check="portal.E007",
    meaning="How many proxies of our own stand in front; forwarding headers count for nothing when 0",
    default=0,
    least=0,
    most=5,
)

INSTALLED_APPS = [
    "portal.admin_app.CuratorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    *ACCOUNT_APPS,
    "accounts",
    "papers",
    "identity",
    "metrics",
    "harvest",
    "claims",
    "following",
    "collaborations",
    "profiles",
    "catalogue",
    "search",
    "graph",
    "portal",
    "devstack",
]

MIDDLEWARE = [
    "portal.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.maintenance.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "common.middleware.NullCharacterMiddleware",
    "accounts.middleware.AccountPagesMiddleware",
    "common.middleware.UnreadableCursorMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "addresses": "common.templatetags.addresses",
                "bundles": "following.templatetags.bundles",
                "charts": "common.templatetags.charts",
                "following": "following.templatetags.following",
                "lists": "common.templatetags.lists",
                "presentation": "common.templatetags.presentation",
                "quick_i18n": "common.templatetags.quick_i18n",
                # In place of Django's own, with the same tags.
                "static": "common.templatetags.quick_static",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # two libraries of one name: ours stand for Django's on purpose

PROCESS_ROLE = env.choice(
    "PROCESS_ROLE",
    check="portal.E010",
    meaning="What this process is: it decides how long a statement may run. The entry points set it themselves",
    default="web",
    among=("web", "worker", "command"),
)
STATEMENT_TIMEOUT_MS = env.number(
    "STATEMENT_TIMEOUT_MS",
    check="portal.E011",
    meaning="Longest statement of a web process, in ms; workers get 16 times as long, commands have no limit",
    default=15_000,
    least=100,
    most=600_000,
)
LOCK_TIMEOUT_MS = env.number(
    "LOCK_TIMEOUT_MS",
    check="portal.E012",
    meaning="Longest wait for a lock, in ms; commands wait ten times as long",
    default=5_000,
    least=100,
    most=600_000,
)
IDLE_TRANSACTION_TIMEOUT_MS = env.number(
    "IDLE_TRANSACTION_TIMEOUT_MS",
    check="portal.E013",
    meaning="Longest pause inside a transaction, in ms; commands may pause ten times as long",
    default=60_000,
    least=1_000,
    most=3_600_000,
)
PREPARED_STATEMENTS = env.flag(
    "PREPARED_STATEMENTS",
    check="portal.E024",
    meaning="Whether connections keep plans; no behind a pooler that hands a connection from statement to statement",
    default=True,
)
_PATIENCE = {"web": (1, 1), "worker": (16, 4), "command": (0, 10)}[PROCESS_ROLE]


def _database(url: str) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = dict(database_from_url(url))
    except ValueError as error:
        env.PROBLEMS.append(("portal.E008", f"DATABASE_URL: {error}."))
        entry = {"ENGINE": "django.db.backends.postgresql", "NAME": "colophon"}
    limits = {
        "statement_timeout": STATEMENT_TIMEOUT_MS * _PATIENCE[0],
        "lock_timeout": LOCK_TIMEOUT_MS * _PATIENCE[1],
        "idle_in_transaction_session_timeout": IDLE_TRANSACTION_TIMEOUT_MS * _PATIENCE[1],
    }
    return {
        **entry,
        # Web threads and worker processes are few and live long: each keeps its own connection.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": f"colophon {PROCESS_ROLE}",
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
            # For the statements of common.db.sql alone: all others carry their values in their text.
            "prepare_threshold": 1 if PREPARED_STATEMENTS else None,
        },
    }


def _broker(url: str) -> str:
    try:
        return broker_from_url(url)
    except ValueError as error:
        env.PROBLEMS.append(("portal.E009", f"REDIS_URL: {error}."))
        return "redis://127.0.0.1:6379/0"


DATABASE_URL = env.text(
    "DATABASE_URL",
    check="portal.E008",
    meaning="postgresql://user:password@host/database; empty: the embedded Postgres. Needed in production",
)
DATABASE_OWNER_URL = env.text(
    "DATABASE_OWNER_URL",
    check="portal.E045",
    meaning="The same database as its owner, who migrates; DATABASE_URL is then a role that cannot change the log",
)
try:
    if DATABASE_OWNER_URL:
        database_from_url(DATABASE_OWNER_URL)
except ValueError as _error:
    env.PROBLEMS.append(("portal.E045", f"DATABASE_OWNER_URL: {_error}."))
    DATABASE_OWNER_URL = ""
REDIS_URL = env.text(
    "REDIS_URL",
    check="portal.E009",
    meaning="redis://:password@host:6379/0 or unix://…; empty: the embedded Redis. Needed in production",
)
DATABASES = {"default": _database(DATABASE_URL or "postgresql:///colophon")}
REDIS_URL = REDIS_URL or "redis://127.0.0.1:6379/0"

CACHES = {
    "default": {
        "BACKEND": "common.cache.PatientRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "colophon",
        "TIMEOUT": 300,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1.0},
    }
}

# A task is given back to the queue when its worker dies, which the broker notices after this many seconds:
# longer than any task may take whose work is not a leased row, and the same in all three places where Celery looks for it.
CELERY_VISIBILITY_TIMEOUT = 300
CELERY_BROKER_URL = _broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    "global_keyprefix": "colophon:",
    "socket_connect_timeout": 1.0,
    "socket_timeout": 5.0,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": CELERY_VISIBILITY_TIMEOUT}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_DEFAULT_QUEUE = "colophon"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 8.0
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2_000

LOG_LEVEL = env.choice(
    "LOG_LEVEL",
    check="portal.E014",
    meaning="The least important messages that are logged",
    default="INFO",
    among=("DEBUG", "INFO", "WARNING", "ERROR"),
)
LOG_FORMAT = env.choice(
    "LOG_FORMAT",
    check="portal.E015",
    meaning="One JSON object a line, or text for a person",
    default="console",
    among=("json", "console"),
)
LOGGING = configuration(level=LOG_LEVEL, form=LOG_FORMAT)

WEB_PROCESSES = env.number(
    "WEB_PROCESSES", check="portal.E016", meaning="Web server processes", default=2, least=1, most=64
)
WEB_THREADS = env.number(
    "WEB_THREADS",
    check="portal.E016",
    meaning="Threads in each web server process",
    default=4,
    least=1,
    most=64,
)
WORKER_PROCESSES = env.number(
    "WORKER_PROCESSES",
    check="portal.E017",
    meaning="Processes of the task worker; 0 means one a core",
    default=0,
    least=0,
    most=128,
)

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# Front-end packages are served from our own host, straight from where npm put them.
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    BASE_DIR / "static",
    ("vendor/source-serif-4", BASE_DIR / "node_modules/@fontsource-variable/source-serif-4/files"),
    ("vendor/inter", BASE_DIR / "node_modules/@fontsource-variable/inter/files"),
    ("vendor/htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("vendor/sigma", BASE_DIR / "node_modules/sigma/dist"),
    ("vendor/graphology", BASE_DIR / "node_modules/graphology/dist"),
]
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "svgz", "webp", "woff", "woff2", "gz", "br", "map")
MEDIA_ROOT = DATA_DIR / "media"
LOCALE_PATHS = [BASE_DIR / "locale"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Sessions are rows: one that was ended is gone on the next request, whatever a cache remembers.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
UPLOAD_MAX_BYTES = 6_000_000
FILE_UPLOAD_HANDLERS = [
    "common.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
RATE_LIMITED = True
