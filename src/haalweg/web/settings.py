"""Django's settings, all of them from the configuration and the secret that it names."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from haalweg.web.configuration import CONFIGURATION, LEAST_PASSWORD, read_configuration
from haalweg.web.refusing import MOST_REPORT_BYTES
from haalweg.web.secret import WebSecret

_HERE = Path(__file__).resolve().parent

HAALWEG = read_configuration(Path(os.environ[CONFIGURATION]), os.environ)
HAALWEG_SECRET = WebSecret.read(HAALWEG.secret)

DEBUG = False
SECRET_KEY = HAALWEG_SECRET.derived("django").hex()
ALLOWED_HOSTS = [HAALWEG.address.split("://", 1)[1].rsplit(":", 1)[0]]
ROOT_URLCONF = "haalweg.web.urls"
WSGI_APPLICATION = "haalweg.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "haalweg.web.store",
    "haalweg.web.intake",
    "haalweg.web.desk",
]
MIDDLEWARE = [
    "haalweg.web.refusing.RefuseWhatIsTooMuch",  # before anything reads a body
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "haalweg.web.desk.sessions.EndOfTheDay",
    "haalweg.web.desk.pausing.ShutScreen",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "haalweg.web.headers.NothingIsKept",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "haalweg.web.pages.about_this_helpline",
                "haalweg.web.desk.rights.of_the_page",
                "haalweg.web.desk.pausing.of_the_day",
            ]
        },
    }
]

if HAALWEG.database.file is not None:
    DATABASES: dict[str, dict[str, object]] = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HAALWEG.database.file,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                    " PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": HAALWEG.database.name,
            "USER": HAALWEG.database.user,
            "PASSWORD": HAALWEG.database.password,
            "HOST": HAALWEG.database.host,
            "PORT": HAALWEG.database.port,
            "OPTIONS": {"pool": {"timeout": 10}, "connect_timeout": 5},
        }
    }

# Who speaks which language. Dutch has no prefix.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [_HERE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# A session lasts 15 minutes without a word; a person's an hour in all, and one of staff twelve.
SESSION_ENGINE = "haalweg.web.store.sessions"
SESSION_COOKIE_NAME = "haalweg" if HAALWEG.try_out else "__Host-haalweg"
SESSION_COOKIE_AGE = int(timedelta(minutes=15).total_seconds())
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not HAALWEG.try_out
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = False
CSRF_COOKIE_NAME = "haalweg_csrf" if HAALWEG.try_out else "__Host-haalweg_csrf"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "haalweg.web.errors.not_from_here"
CSRF_COOKIE_HTTPONLY = False  # the page sends it back in a header
CSRF_TRUSTED_ORIGINS = [HAALWEG.address]

SECURE_HSTS_SECONDS = 0 if HAALWEG.try_out else int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" browsers send forms without their origin, which is checked
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = None if HAALWEG.try_out else ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],  # data: the square that sets up a second factor
        "media-src": ["blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_REPORT_BYTES
FILE_UPLOAD_HANDLERS: list[str] = []  # no door here takes a file

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static", ("web_hasher", _HERE.parent / "data" / "web_hasher")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
ACCOUNT_ADAPTER = "haalweg.web.desk.accounts.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "haalweg.web.desk.accounts.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = HAALWEG.try_out
MFA_TOTP_ISSUER = "Mijn werk"  # an authenticator app shows it to whoever looks along
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "haalweg.web.desk.passwords.LongEnough", "OPTIONS": {"min_length": LEAST_PASSWORD}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # no library mails; `web/post` is what does

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "haalweg.web.logs.RouteOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "psycopg": {"level": "ERROR"},  # a line for each try; whoever asked is told in the end
        # The server of the pages has handlers of its own otherwise, which write who asked and for what.
        "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
