"""
Settings: one file, typed readers, nonsense refused at start.

Embedded mode (no REDIS_URL) is one process with a local cache and no broker; with REDIS_URL the
cache and the tasks live in Redis and several processes may serve.
"""

from pathlib import Path

import environ
import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("CAMPUS_DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("CAMPUS_DEBUG", default=False)
ALLOWED_HOSTS = env.list("CAMPUS_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CAMPUS_ORIGINS", default=[])
SECURE_COOKIES = env.bool("CAMPUS_HTTPS", default=False)


def _own_secret() -> str:
    """A key made once and kept beside the data, for a deployment that was given none."""
    path = DATA_DIR / "secret.key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key  # noqa: PLC0415 -- once

        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env.str("CAMPUS_SECRET_KEY", default="") or _own_secret()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "rules",
    "django_structlog",
    "csp",
    "campus",
    "meters",
    "points",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "campus.api.logging.RequestsLogged",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "campus.urls"
WSGI_APPLICATION = "campus.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- the database ---------------------------------------------------------------------------
SQLITE = f"sqlite:///{DATA_DIR / 'campus.sqlite3'}"
DATABASES = {"default": env.db_url("DATABASE_URL", default=SQLITE)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A writer takes its lock when it begins: two transactions can then never deadlock half-way.
    # recursive_triggers: INSERT OR REPLACE must not walk around the triggers of the ledger.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CAMPUS_DB_MAX_AGE", default=60)
    # A process that fell asleep or off the network in mid-transaction keeps its locks no longer.
    idle = env.int("CAMPUS_DB_IDLE_SECONDS", default=120)
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", f"-c idle_in_transaction_session_timeout={idle}s"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache, tasks, nights -------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
EMBEDDED = not REDIS_URL
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = REDIS_URL or "memory://"
# At least once: a task is acknowledged when it has ended, and one whose worker died is sent again.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Nobody waits long for a broker that is away: what could not be published stays in the outbox.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 7200,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_BEAT_SCHEDULE = {
    "close-due": {"task": "campus.close_due", "schedule": 60.0},
    "sweep-outbox": {"task": "campus.sweep_outbox", "schedule": 15.0},
}
# Who closes nights and is silent for this long is taken for dead; what was sent and is not done
# after it is sent again.
NIGHT_LEASE_SECONDS = env.float("CAMPUS_NIGHT_LEASE", default=60.0)

# The close of a campus's day: task names in order, each safe to run twice.
NIGHT_PLAN = [
    "meters.empty_inbox",
    "meters.close_day",
    "meters.watch_meters",
    "meters.forecast_day",
    "meters.estimate_savings",
    "meters.rank_day",
    "meters.settle_savings",
    "meters.advise_day",
    "points.award",
    "points.ripen_drops",
    "points.expire",
    "points.reconcile",
    "points.seal",
    "meters.forget_hours",
    "campus.tell",
]
# Months of meter days that have a table of their own on PostgreSQL: before today, and after it.
METER_DAY_MONTHS = (24, 24)
# The demo campus: modules in order, each with a TITLE and `build(*, today, at)`.
DEMO_PLAN = ["campus.demo.build", "meters.demo.build", "points.demo.build"]
# What people do once its nights are closed: modules in order, with `live(*, today, at)`.
DEMO_LIFE = ["points.demo.campuses", "campus.demo.news"]
# Erasing a person: what each room forgets, `forget(*, person, at)` by its dotted name, in order.
ERASURE_PLAN = [
    "points.passbook.operations.forget",
    "meters.billing.operations.forget",
    "points.activities.operations.forget",
    "points.game.operations.forget",
    "campus.nights.operations.forget",
    "campus.notices.operations.forget",
    "meters.rankings.operations.forget",
    "meters.advice.operations.forget",
]
# Kinds of notices that may be told, each a sequence of `campus.notices.kinds.Kind`.
NOTICE_KINDS = [
    "campus.notices.day.KINDS",
    "campus.notices.announcement.KINDS",
    "meters.billing.notices.KINDS",
    "points.activities.notices.KINDS",
    "points.corrections.notices.KINDS",
]
# Acts of staff that a manager may look up, each a sequence of `campus.audit.sources.Source`.
AUDIT_PLAN = [
    "campus.notices.audit.SOURCES",
    "meters.readings.audit.SOURCES",
    "meters.billing.audit.SOURCES",
    "meters.savings.audit.SOURCES",
    "points.passbook.audit.SOURCES",
    "points.activities.audit.SOURCES",
]
# What the morning's notice to a student says, `news(*, campus, day)` with holder id -> params.
NEWS_PLAN = [
    "meters.readings.queries.mornings.news",
    "meters.billing.queries.mornings.news",
    "meters.savings.queries.mornings.news",
    "meters.rankings.queries.news",
    "meters.advice.queries.news",
]
# What forgets a nickname that is given up, `forget_names(*, names)`.
RENAMING_PLAN = ["campus.nights.operations.forget_names"]
# Files named YYYY-MM-DD*.csv in <inbox>/<campus slug>/ are taken in by the night of that day.
INBOX_DIR = DATA_DIR / "inbox"

# --- people and sign-in ---------------------------------------------------------------------
AUTH_USER_MODEL = "campus.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "campus.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser", "app")
HEADLESS_SERVE_SPECIFICATION = False
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF, "blob:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- the API --------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "campus.api.authentication.SessionAuthentication",
        "allauth.headless.contrib.rest_framework.authentication.XSessionTokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "campus.api.pages.NewestFirst",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": "120/min",
        "user": "600/min",
        "buy": "30/min",
        "redeem": "120/min",
        "game": "60/min",
        "upload": "30/min",
        "push": "240/min",
    },
    "EXCEPTION_HANDLER": "campus.api.problems.handle",
    "DEFAULT_SCHEMA_CLASS": "campus.api.schema.Schema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Low-Carbon Campus",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["campus.api.schema.choices_in_place"],
}
UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- languages, files, logs -----------------------------------------------------------------
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English")), ("zh-hans", _("Chinese"))]
TIME_ZONE = "UTC"
USE_TZ = True

FRONTEND_DIST = Path(env.str("CAMPUS_FRONTEND", default=str(BASE_DIR / "frontend" / "dist")))
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# What `draw_sprites` writes for the phone; the share pictures are put together from the same.
SPRITES_DIR = BASE_DIR / "frontend" / "shared" / "generated" / "game"
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.exists() else []
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = True
# Coupon master keys: {kid: 32 bytes base64}; the first one signs. Without any, one is kept in the
# data directory.
COUPON_KEYS = env.json("CAMPUS_COUPON_KEYS", default={})
# Keys that sign exported passbooks, in the same form.
PASSBOOK_KEYS = env.json("CAMPUS_PASSBOOK_KEYS", default={})

DJANGO_STRUCTLOG_COMMAND_LOGGING_ENABLED = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
        }
    },
    "handlers": {
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": DATA_DIR / "campus.log",
            "maxBytes": 5_000_000,
            "backupCount": 2,
            "formatter": "json",
            "delay": True,
        }
    },
    "root": {"handlers": ["file"], "level": env.str("CAMPUS_LOG_LEVEL", default="INFO")},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
