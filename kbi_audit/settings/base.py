"""What is the same everywhere. Values that differ per place come from `kbi_audit.environment`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from kbi_audit.databases import Database, database
from kbi_audit.environment import Environment
from kbi_audit.logs import logging_settings
from kbi_audit.mail import mail
from kbi_audit.variables import EnvironmentProblemsError, read

BASE_DIR = Path(__file__).resolve().parent.parent.parent

try:
    environment = read(Environment, os.environ)
except EnvironmentProblemsError as problems:
    sys.exit(str(problems))

SECRET_KEY = environment.secret_key
KEY_ENCRYPTION_KEY = environment.key_encryption_key
LOOKUP_KEY = environment.lookup_key
RECEIPT_SIGNING_KEY = environment.receipt_signing_key
LOG_ORIGIN = environment.log_origin
LOG_ORIGINS = environment.log_origins
MAX_MERGE_DELAY_SECONDS = environment.max_merge_delay_seconds
SIGNER_URL = environment.signer_url
WITNESS_POLICY_FILE = environment.witness_policy_file
TIMESTAMP_URL = environment.timestamp_url
TIMESTAMP_AUTHORITY_FILE = environment.timestamp_authority_file
TIMESTAMP_SECONDS = environment.timestamp_seconds
TILE_STORE = environment.tile_store
ATTACHMENTS_DIR = environment.attachments_dir
CLAMAV_SOCKET = environment.clamav_socket
FOUR_EYES_OUTCOMES = environment.four_eyes_outcomes
WEBHOOK_NETWORKS = environment.webhook_networks
WEBHOOK_AUTHORITY_FILE = environment.webhook_authority_file
RETENTION_YEARS = environment.retention_years
FINDINGS_KEPT_DAYS = environment.findings_kept_days
QUESTION_WORKING_DAYS = environment.question_working_days
QUESTION_URGENT_WORKING_DAYS = environment.question_urgent_working_days
KEEPER = environment.keeper
MAX_BODY_BYTES = environment.max_body_bytes
MAX_RECORD_BYTES = environment.max_record_bytes
BULK_SLOTS = environment.bulk_slots
DECISION_SECONDS = environment.decision_seconds
SAMPLE_SIZE = environment.sample_size
SAMPLE_DAY = environment.sample_day
SAMPLE_TWICE_EVERY = environment.sample_twice_every
SITE_URL = environment.site_url
TRUSTED_PROXIES = environment.trusted_proxies
CERTIFICATE_PROXIES = environment.certificate_proxies

DEBUG = False
ALLOWED_HOSTS = list(environment.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(environment.csrf_trusted_origins)
ROOT_URLCONF = "kbi_audit.urls"
WSGI_APPLICATION = "kbi_audit.wsgi.application"
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
FILE_UPLOAD_HANDLERS = ["kbi_audit.uploads.BoundedUpload"]

INSTALLED_APPS = [
    "kbi_audit.apps.WiringConfig",
    "compliance",
    "kbi_audit.admin.RegisterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "kbi_audit.requests.RequestIdentifier",
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
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

MACHINE_MIDDLEWARE = [
    "kbi_audit.requests.RequestIdentifier",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "compliance.api.uses.NoteUse",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES: dict[str, Database] = {
    "default": database(environment.database_url, connection_seconds=environment.connection_seconds)
}
if environment.database_owner_url:
    # Only where migrations run. A lock that is not free soon must not queue the whole service behind it.
    DATABASES["owner"] = database(environment.database_owner_url, connection_seconds=0, lock_timeout="5s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.redis_url,
        "KEY_PREFIX": "kbi",
        # The cache is never the only copy: better a quick failure than a request that waits for it.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)},
    }
}

AUTH_USER_MODEL = "compliance.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False  # it would log names
AXES_CLIENT_IP_CALLABLE = "kbi_audit.proxies.client_address"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = environment.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Django admin's own style sheets hold data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = environment.default_language
LANGUAGES = [("nl", _("Dutch")), ("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "compliance" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"  # what people see; the database keeps UTC

STATIC_URL = "static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"

MAIL = mail(environment.email_url)
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST = MAIL.host
EMAIL_PORT = MAIL.port
EMAIL_HOST_USER = MAIL.user
EMAIL_HOST_PASSWORD = MAIL.password
EMAIL_USE_TLS = MAIL.starttls
EMAIL_USE_SSL = MAIL.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.email_from
SERVER_EMAIL = environment.email_from

LOGGING_CONFIG = "kbi_audit.logs.configure"
LOGGING = logging_settings(level=environment.log_level, form=environment.log_format)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["compliance.api.authentication.ClientAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "compliance.api.problems.problem_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "KBI Audit",
    "DESCRIPTION": "Report each exchange of personal data, and be told whether it was covered.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["compliance.api.openapi.add_components"],
}

CELERY_BROKER_URL = environment.redis_url
