"""Settings of every process. Values come from typed environment variables (see .env.example)."""

import os
from datetime import UTC, datetime
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tracker import environment as read

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read.choice("TRACKER_ENV", "development", ("development", "production"))
PRODUCTION = ENVIRONMENT == "production"
DEBUG = read.boolean("DEBUG", False)
DATA_DIR = Path(os.environ.get("DATA_DIR", "").strip() or BASE_DIR / "var").expanduser().resolve()
RUN_DIR = read.runtime_dir(DATA_DIR)
PORT = read.integer("PORT", 8000, least=1, most=65535)

DEVELOPMENT_KEY = "development-only-key-refused-by-production-settings"
SECRET_KEY = os.environ.get("SECRET_KEY", "").strip() or DEVELOPMENT_KEY
ALLOWED_HOSTS = read.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
SITE_URL = (os.environ.get("SITE_URL", "").strip() or f"http://localhost:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = read.words("CSRF_TRUSTED_ORIGINS", [])

if PRODUCTION:
    if len(SECRET_KEY) < 50 or SECRET_KEY == DEVELOPMENT_KEY:
        raise ImproperlyConfigured("SECRET_KEY must be set to a random text of 50 characters or more in production.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the site in production, not *.")
    for required in ("ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"):
        if not os.environ.get(required, "").strip():
            raise ImproperlyConfigured(f"{required} must be set in production.")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL must start with https:// in production.")

INSTALLED_APPS = [
    "modeltranslation",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "rules",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "csp",
    "lucide",
    "tracker",
    "accounts",
    "commitments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.RequestMark",
    "tracker.pages.ReadyPages",
    "tracker.middleware.PublicGZip",
    "csp.middleware.CSPMiddleware",
    "tracker.middleware.PermissionsPolicy",
    "tracker.maintenance.Maintenance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.middleware.Standing",
    "tracker.middleware.FriendlyRefusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF, WSGI_APPLICATION = "tracker.urls", "tracker.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

_LOADERS = ("filesystem.Loader", "app_directories.Loader")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tracker.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                *(f"commitments.templatetags.{name}" for name in ("tracker", "keeping")),
            ],
            "loaders": [
                ("django.template.loaders.cached.Loader", [f"django.template.loaders.{way}" for way in _LOADERS])
            ],
        },
    }
]

DATABASES = {"default": read.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who signs in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    # Without the first, has_perm(user, permission, object) would silently be False for every rule.
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "tracker.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation link
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
# Whoever changes the password stays signed in here; every other session of theirs ends.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# The link of a reset signs in: the way in for somebody whose address a stranger keeps trying.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# allauth's own generator would copy every address into a second table.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a path
PASSWORD_RESET_TIMEOUT = 60 * 60
# How many proxies stand in front: limits count the reader's network address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = read.integer("TRUSTED_PROXY_COUNT", 1 if PRODUCTION else 0, least=0, most=5)
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # the key is e-mail and network address together
    "login_failed_anywhere": "60/h/key",  # the key is the e-mail
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:tasks"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:overview"
INVITATION_DAYS = 7

# --- Sessions, cache, security ----------------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else f"session-{PORT}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else f"csrf-{PORT}"
CSRF_FAILURE_VIEW = "tracker.views.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and read.boolean("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The link of an e-mail to the server behind a proxy is checked too: no redirect for health probes.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 500, 5
FILE_UPLOAD_HANDLERS = ["commitments.intake.files.receiving.BoundedUploadHandler"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "frame-ancestors", "base-uri", "object-src"), (NONE,)),
        **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"), (SELF,)),
    }
}
BROKER_URL = read.broker_url(RUN_DIR)
CACHE_URL = BROKER_URL.replace("redis+socket://", "unix://", 1)
CACHES = {
    "default": {
        "BACKEND": "tracker.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL + ("&" if "?" in CACHE_URL else "?") + "db=1",
        "KEY_PREFIX": "tracker",
    }
}
#: Public pages are kept ready (tracker.pages), and look for a new version of the record after so many seconds.
READY_PAGES, READY_PAGES_LAG_SECONDS = read.boolean("READY_PAGES", default=True), 1.0

# --- Language, time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt", "Português"), ("fr", "Français")]
#: The html lang of each address language: Latin American Spanish and Brazilian Portuguese stand behind the short codes.
HTML_LANG = {"en": "en", "es": "es-419", "pt": "pt-BR", "fr": "fr"}
#: Where a reader lands whose browser asks for none of the four.
FALLBACK_LANGUAGE = "es"
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
TIME_ZONE = "UTC"
#: Whose calendar the public pages go by, and where a due day ends at 24:00 in public (decision 17).
SITE_TIME_ZONE, DUE_TIME_ZONE = read.zone("SITE_TIME_ZONE", "UTC"), read.zone("DUE_TIME_ZONE", "Etc/GMT+12")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "es", "pt", "fr")
# Off on purpose: reading an untranslated field must never answer in another language unseen.
MODELTRANSLATION_ENABLE_FALLBACKS = False

# --- History and forms ------------------------------------------------------------------------------------------
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False  # tables of history have a wider one: commitments.translation
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Static files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILES_DIR = DATA_DIR / "files"
(DATA_LICENCE, DATA_LICENCE_URL), FUNDED_BY = read.licence(), read.text("FUNDED_BY")

# --- Mail -------------------------------------------------------------------------------------------------------
# Without EMAIL_HOST (development) mail goes to the mailbox server that `manage.py up` starts on the loopback address.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "").strip() or "127.0.0.1"
MAILBOX_SMTP_PORT = read.integer("MAILBOX_SMTP_PORT", read.port_beside(PORT, 1525), least=1, most=65535)
MAILBOX_PAGE_PORT = read.integer("MAILBOX_PAGE_PORT", read.port_beside(PORT, 1780), least=1, most=65535)
EMAIL_PORT = read.integer("EMAIL_PORT", 587 if PRODUCTION else MAILBOX_SMTP_PORT, least=1, most=65535)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = read.boolean("EMAIL_USE_TLS", PRODUCTION)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = (
    os.environ.get("DEFAULT_FROM_EMAIL", "").strip() or "Secretariat of the Declaration <secretariat@example.org>"
)
MAIL_REDIRECT_ALL_TO = os.environ.get("MAIL_REDIRECT_ALL_TO", "").strip()

# --- Background work --------------------------------------------------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT, CELERY_TIMEZONE = "json", ["json"], "UTC"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 120, 90
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP, CELERY_BROKER_CONNECTION_MAX_RETRIES = True, None
CELERY_WORKER_MAX_TASKS_PER_CHILD, CELERY_WORKER_HIJACK_ROOT_LOGGER = 1000, False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 15,
    "socket_connect_timeout": 5,
    **({} if BROKER_URL.startswith("redis+socket:") else {"socket_keepalive": True}),  # no option of a Unix socket
    "health_check_interval": 25,
}
TICK_SECONDS = read.integer("TICK_SECONDS", 60, least=1, most=3600)
CELERY_BEAT_SCHEDULE_FILENAME = str(RUN_DIR / "beat")
# Each is due as soon as beat starts: what fell due while nobody looked goes out at once.
_LONG_AGO = {"last_run_at": datetime(2000, 1, 1, tzinfo=UTC)}
_TICK, _HOUR, _DAY = ({"schedule": each, **_LONG_AGO} for each in (TICK_SECONDS, 3600, 86_400))
CELERY_BEAT_SCHEDULE = {
    "plan-notices": {"task": "reminders.plan", **_TICK},
    "send-notices": {"task": "notices.send_due", **_TICK},
    "refresh-statuses": {"task": "indicators.refresh_statuses", **_TICK},
    "check-counts": {"task": "indicators.check_counts", **_DAY},
    "rebuild-search-index": {"task": "search.rebuild", **_DAY},
    "lapse-statuses": {"task": "reporting.lapse_statuses", **_TICK},
    "forget-what-is-old": {"task": "reporting.forget", **_HOUR},
    "keep-demonstration-ahead": {"task": "exchange.keep_demonstration_ahead", **_HOUR},
    "make-prints": {"task": "reporting.make_prints", **_TICK},
}

# --- Demonstration, log -----------------------------------------------------------------------------------------
DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "").strip()
LOG_LEVEL = read.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
