"""Django's settings, from the environment alone (see environment.py). Composition only: no behaviour lives here."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from bilik.config.environment import BadSetting, read_environment

ENV = read_environment()
BASE_DIR = Path(__file__).resolve().parent.parent
ROOT_DIR = BASE_DIR.parent
DATA_DIR: Path = ENV["BILIK_DATA"] if ENV["BILIK_DATA"].is_absolute() else ROOT_DIR / ENV["BILIK_DATA"]


def _kept_secret() -> str:
    """The secret key of an installation that was given none: made once, readable by its owner only."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str) -> dict[str, object]:
    """Django's description of the database: SQLite tuned for a server, or PostgreSQL by address."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "bilik.sqlite3",
            "OPTIONS": {
                # A write takes its lock at BEGIN, so two writers wait for each other instead of failing halfway.
                "transaction_mode": "IMMEDIATE",
                "timeout": 15,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
                    "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
                ),
            },
            # Threads keep their connection: opening one costs more than most of our queries.
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL: takes postgresql://user:password@host/name, or nothing for SQLite.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = ENV["BILIK_DEBUG"]
DEMO = ENV["BILIK_DEMO"]
SECRET_KEY = ENV["BILIK_SECRET_KEY"] or _kept_secret()
SECRET_KEY_FALLBACKS = ENV["BILIK_OLD_SECRET_KEYS"]
ALLOWED_HOSTS = ENV["BILIK_HOSTS"]
CSRF_TRUSTED_ORIGINS = ENV["BILIK_ORIGINS"]
DATABASES = {"default": _database(ENV["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "bilik.front",
    "bilik.api",
    "bilik.authoring",
    "bilik.teaching",
    "bilik.practice",
    "bilik.learning",
    "bilik.marking",
    "bilik.exams",
    "bilik.cards",
    "bilik.groups",
    "bilik.submissions",
    "bilik.queue",
    "bilik.catalog",
    "bilik.skills",
    "bilik.people",
    "bilik.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "bilik.web.middleware.content_security_policy",
    "bilik.web.middleware.trouble",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bilik.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bilik.people.second_factor.ask_for_second_factor",
]

ROOT_URLCONF = "bilik.config.urls"
WSGI_APPLICATION = "bilik.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bilik.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "bilik.web.templatetags.web"],
        },
    }
]

# People and sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"signup": "bilik.people.forms.SignUpForm"}
ACCOUNT_ADAPTER = "bilik.people.adapter.AccountAdapter"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
# What changes how somebody signs in, or who may do what, asks "is it you?" when that was asked over this long ago.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# Second factors: codes of an app, passkeys, recovery codes
MFA_ADAPTER = "bilik.people.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Bilik"
# Old phones whose clock is up to half a minute off.
MFA_TOTP_TOLERANCE = 1
# People sign in by username: an address that waits to be confirmed is no reason to go without a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SECOND_FACTOR_ASKED = frozenset(ENV["BILIK_SECOND_FACTOR_ASKED"])
SECOND_FACTOR_REQUIRED = frozenset(ENV["BILIK_SECOND_FACTOR_REQUIRED"])

# Sign-in by OpenID Connect
OIDC = ENV["BILIK_OIDC"]
SOCIALACCOUNT_ADAPTER = "bilik.people.oidc.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "bilik.people.forms.ProviderSignUpForm"}
# Birth month and consent are asked of everybody.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

# Language and time. English is the base language so that a missing sentence falls back to it and not to Azerbaijani.
LANGUAGE_CODE = "en"
LANGUAGES = [("az", _("Azerbaijani")), ("uz", _("Uzbek")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "bilik-language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV["BILIK_TIME_ZONE"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
# An answer is a text; nothing that a learner sends needs more fields than this.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# Shared by all processes, because sign-in limits would otherwise count for each process alone.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"},
    "near": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 60},
}

# Security
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = ENV["BILIK_HTTPS"]
CSRF_COOKIE_SECURE = ENV["BILIK_HTTPS"]
CSRF_FAILURE_VIEW = "bilik.web.views.stale_form"
SECURE_SSL_REDIRECT = ENV["BILIK_HTTPS"]
SECURE_HSTS_SECONDS = 31_536_000 if ENV["BILIK_HTTPS"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV["BILIK_HTTPS"]
SECURE_HSTS_PRELOAD = ENV["BILIK_HTTPS"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV["BILIK_HTTPS"] else None
# Tries are counted by the address that our own web servers wrote down. To count more of them is to believe visitors.
_proxies = ENV["BILIK_PROXIES"]
ALLAUTH_TRUSTED_PROXY_COUNT = int(ENV["BILIK_HTTPS"]) if _proxies is None else _proxies
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Mail
_mail = urlsplit(ENV["BILIK_MAIL_URL"])
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _mail.hostname
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 587
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp" and EMAIL_PORT != 25
DEFAULT_FROM_EMAIL = ENV["BILIK_MAIL_FROM"]

# Programs with tokens
API_CALLS_A_MINUTE = ENV["BILIK_API_CALLS_A_MINUTE"]

# Code answers
RUNNERS = ENV["BILIK_RUNNERS"]
RUNNER_WAIT_SECONDS = ENV["BILIK_RUNNER_WAIT_MS"] / 1000
LEARNER_LIBRARIES: Path = (
    ENV["BILIK_LEARNER_LIBRARIES"]
    if ENV["BILIK_LEARNER_LIBRARIES"].is_absolute()
    else ROOT_DIR / ENV["BILIK_LEARNER_LIBRARIES"]
)
BROWSER_PYTHON: Path = (
    ENV["BILIK_BROWSER_PYTHON"] if ENV["BILIK_BROWSER_PYTHON"].is_absolute() else ROOT_DIR / ENV["BILIK_BROWSER_PYTHON"]
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV["BILIK_LOG_LEVEL"]},
    # Every scanner on the internet tries other host names; each would otherwise be a page of traceback.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
