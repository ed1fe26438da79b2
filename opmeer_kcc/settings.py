"""All settings, from the environment only; safe by default, loud when something is missing (README.md's table is checked against them)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from opmeer_kcc import env, logs
from opmeer_kcc.settings_api import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401 - Django reads them from here
from opmeer_kcc.settings_beside import *  # noqa: F403 - mail, telephone, scanners and backups
from opmeer_kcc.settings_sign_in import *  # noqa: F403 - passwords, and work accounts elsewhere
from opmeer_kcc.tls_only import SERVICES

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of installation --------------------------------------------------------------------
DEMO_MODE = env.flag("DEMO_MODE", False, "The demo municipality: open demo accounts, no second factor, no real mail")
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "opmeer-demo-2026", "Password of the demo accounts; only used in demo mode")
DEBUG = env.flag("DEBUG", False, "Django's debug pages; refused outside demo mode")
SECRET_KEY = env.text("SECRET_KEY", None, "A random text of at least 50 characters")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "", "Older secret keys, still accepted while rotating")
FIELD_KEYS = env.keys("FIELD_KEYS", "Fernet keys (newest first) that encrypt mailbox passwords in the database")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost", "Host names the site answers to")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", "Origins (https://…) allowed to post forms")
SITE_URL = env.site("SITE_URL", "http://127.0.0.1:8000", "Address of the site, for links in mail")
INSECURE_HTTP = env.flag(
    "INSECURE_HTTP", False, "Plain http: no redirect to https, no secure cookies; only on 127.0.0.1 or in a demo"
)
PROXY_COUNT = env.integer("PROXY_COUNT", 0, "Number of trusted proxies before the application", most=10)
SHARED_EXITS = env.networks(
    "SHARED_EXITS", "Addresses or networks by which many people come (wifi of the hall, a school), separated by commas"
)
DATA_DIR = Path(
    env.text(
        "DATA_DIR", str(BASE_DIR / "var"), "Folder of attachments and collected static files (var/ in the checkout)"
    )
)
FILES_DIR = DATA_DIR / "files"

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "organisation",
    "channels_app",
    "knowledge",
    "contacts",
    "surveys",
    "privacy",
    "kpi",
    "programme",
    "opmeer_kcc",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "simple_history",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "csp",
]
MIDDLEWARE = [
    "opmeer_kcc.request_counts.CountRequests",
    "opmeer_kcc.middleware.RequestId",
    "opmeer_kcc.unseen_proxy.UnseenProxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opmeer_kcc.middleware.SafeHeaders",
    "opmeer_kcc.tls_only.TlsOnly",
    "opmeer_kcc.middleware.DatabaseAway",
    "opmeer_kcc.middleware.CleanInput",
    "opmeer_kcc.middleware.OneVersion",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "opmeer_kcc.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "opmeer_kcc.middleware.SecondFactor",
    "opmeer_kcc.middleware.SessionLimits",
    "opmeer_kcc.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "opmeer_kcc.middleware.OnlySent",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "opmeer_kcc.urls"
WSGI_APPLICATION = "opmeer_kcc.wsgi.application"
FORCE_SCRIPT_NAME = ""  # at the root of a host: a SCRIPT_NAME of a request would get into addresses that are kept
FORM_RENDERER = "organisation.forms.renderer.StraightWidgets"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "organisation.folding.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisation.shell.shell",
            ],
        },
    }
]

# --- Database: PostgreSQL 15 or newer; every call has a limit (quality.md rule 7) -------------------
PLAIN_HOSTS = env.words(
    "PLAIN_HOSTS", "", "Other hosts that may be reached without TLS, on a network that nobody else is on"
)
STATEMENT_TIMEOUT_MS = env.integer(
    "STATEMENT_TIMEOUT_MS", 5000, "Longest database statement; workers use 60000", most=86_400_000
)
_DATABASE = env.database("DATABASE_URL", "postgresql://user:password@host:port/name of PostgreSQL 15 or newer")
DATABASES = {
    "default": {
        "ENGINE": "opmeer_kcc.postgresql",
        **_DATABASE,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            **_DATABASE["OPTIONS"],  # type: ignore[dict-item]
            "connect_timeout": 3,
            "application_name": "opmeer_kcc",
            "options": (
                f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout=2000"
                " -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
                " -c plan_cache_mode=force_generic_plan"  # of what organisation/prepared.py prepares (ADR 14)
                " -c jit=off"  # compiling a statement of the figures takes longer than running it a hundred times
            ),
        },
    }
}
OWNER_DATABASE = env.database_or_none(
    "MIGRATE_DATABASE_URL",
    "The same database as its owner, who makes tables; only read by migrate, load_demo and grant_rights, and needed outside a demo",
)
PREPARE_STATEMENTS = env.flag(
    "PREPARE_STATEMENTS", True, "Large statements are planned once a connection; off behind a pooler per transaction"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Broker and cache: may vanish at any moment ------------------------------------------------------
REDIS_URL = env.broker_or_none(
    "REDIS_URL", "redis://host:port/0 of Redis or Valkey, the broker of the jobs; empty: jobs wait"
)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "opmeer"}}

NUDGES_BY = "opmeer_kcc.ticks.app"  # loaded by the processes that speak to the broker, and by no other
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "retry_on_timeout": False,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- People and sessions ------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organisation.sign_in.Employees",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SECOND_FACTOR_REQUIRED = env.flag(
    "SECOND_FACTOR_REQUIRED", not DEMO_MODE, "Every employee signs in with a code from an app as well"
)
OTP_TOTP_ISSUER = "Servicecentrum"
SESSION_ENGINE = "organisation.sessions"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_IDLE_SECONDS = env.integer(
    "SESSION_IDLE_SECONDS",
    1800,
    "A session ends after this many seconds without use",
    least=60,
    most=SESSION_COOKIE_AGE,
)
SESSION_COOKIE_NAME = "session" if INSECURE_HTTP else "__Host-session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_NAME = "csrftoken" if INSECURE_HTTP else "__Host-csrftoken"
CSRF_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "opmeer_kcc.errors.csrf_failure"

AXES_FAILURE_LIMIT = env.integer(
    "LOGIN_FAILURE_LIMIT", 5, "Failed sign-ins before a name is locked for 15 minutes", least=1, most=100
)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_IPWARE_PROXY_COUNT = PROXY_COUNT or None

# --- Security headers -----------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$", *(f"^{path[1:]}" for path in SERVICES)]
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_HTTP
SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 40  # above what a form takes: its own sentence comes first, with the typed text kept
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
UPLOAD_MAX_BYTES = 25 * 1_048_576

# --- Language and time -------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language" if INSECURE_HTTP else "__Host-language"
LANGUAGE_COOKIE_SECURE = LANGUAGE_COOKIE_HTTPONLY = not INSECURE_HTTP
MESSAGE_STORAGE = "opmeer_kcc.messages.Messages"
LOCALE_PATHS = [BASE_DIR / "opmeer_kcc" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
_TEN_YEARS = 315_360_000
CLOCK_OFFSET_SECONDS = env.integer(
    "CLOCK_OFFSET_SECONDS", 0, "Shifts the business clock; only for tests and demos", least=-_TEN_YEARS, most=_TEN_YEARS
)

# --- Static files ----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(
    env.text("STATIC_ROOT", str(DATA_DIR / "static"), "Folder of the collected static files (static/ in DATA_DIR)")
)
STATICFILES_FINDERS = ["opmeer_kcc.one_sheet.OneSheet"]
COMPRESS_STATIC = env.flag("COMPRESS_STATIC", False, "Static files have compressed copies beside them; on in the image")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COMPRESS_STATIC
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}

# --- Mail ----------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # all mail goes through the outbox

# --- History, logs, faults --------------------------------------------------------------------------------------------
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = False
FAILPOINTS = env.text("FAILPOINTS", "", "Names of failpoints that kill the process; refused outside tests")
METRICS_TOKEN = env.text("METRICS_TOKEN", "", "Bearer token of /metrics; empty: nobody reads it (or METRICS_FROM_HERE)")
METRICS_FROM_HERE = env.flag("METRICS_FROM_HERE", False, "/metrics without a token from here; not behind a proxy")
SECURITY_CONTACT = env.contact("SECURITY_CONTACT", "Where leaks are reported (mailto:, https://); empty: our address")
LOG_LEVEL = env.one_of("LOG_LEVEL", logs.LEVELS, "INFO", "Lowest level that is logged: DEBUG, INFO, WARNING, ERROR")
LOGGING = logs.configure(LOG_LEVEL)
SILENCED_SYSTEM_CHECKS: list[str] = []
