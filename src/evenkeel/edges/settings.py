"""Django's settings, made from `evenkeel.ground.env`. What an operator may set stands there; nothing is read here."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from evenkeel.ground import env, logs

django_stubs_ext.monkeypatch()

EVENKEEL = env.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
IS_TEST = "pytest" in sys.modules

DEBUG = EVENKEEL.debug
SECRET_KEY = EVENKEEL.secret_key
ALLOWED_HOSTS = list(EVENKEEL.hosts)
ROOT_URLCONF = "evenkeel.edges.urls"
WSGI_APPLICATION = "evenkeel.edges.wsgi.application"

# Every room that stands, in the order of the house.
ROOMS = [
    room
    for room in (
        "ground", "people", "wellness", "policy", "work", "quality", "automation", "measure", "improve", "planning",
        "growth", "vendors", "reports", "twin", "edges",
    )
    if (PACKAGE / room / "apps.py").exists()
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    *[f"evenkeel.{room}" for room in ROOMS],
]

MIDDLEWARE = [
    "evenkeel.edges.middleware.RequestMoment",
    "django.middleware.security.SecurityMiddleware",
    "evenkeel.edges.programs.ByTokenAlone",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "evenkeel.edges.middleware.NotStored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "evenkeel.edges.middleware.WhoActs",
    "evenkeel.edges.middleware.SignOfLife",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenkeel.edges.middleware.SecondFactor",
    "evenkeel.edges.middleware.Problems",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps' own folders: the pages of log-in are allauth's by logic and ours by look.
        "DIRS": [PACKAGE / "edges" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenkeel.ground.pages.shell",
            ],
        },
    }
]

DATABASES = {"default": dict(EVENKEEL.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # In the database, so that log-in throttling counts over all processes and survives a restart.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "evenkeel_cache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ------------------------------------------------------------------ who

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["evenkeel.edges.accounts.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:home"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if IS_TEST
    # The demo's passwords are public: to hash them slowly would guard nothing.
    else ["evenkeel.edges.demo_passwords.PublicPasswords"]
    if EVENKEEL.demo
    else ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "evenkeel.edges.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "evenkeel.edges.accounts.SocialAccountAdapter"
MFA_ADAPTER = "evenkeel.edges.accounts.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "login": "evenkeel.edges.account_forms.LoginForm",
    "change_password": "evenkeel.edges.account_forms.ChangePasswordForm",
    "reset_password": "evenkeel.edges.account_forms.ResetPasswordForm",
    "reset_password_from_key": "evenkeel.edges.account_forms.ResetPasswordKeyForm",
    "set_password": "evenkeel.edges.account_forms.SetPasswordForm",
    "reauthenticate": "evenkeel.edges.account_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "evenkeel.edges.account_forms.AuthenticateForm",
    "reauthenticate": "evenkeel.edges.account_forms.ReauthenticateByCodeForm",
    "activate_totp": "evenkeel.edges.account_forms.ActivateTotpForm",
    "add_webauthn": "evenkeel.edges.account_forms.AddPasskeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[evenkeel] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Whoever types an address that has no account here causes no mail to it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if EVENKEEL.is_behind_tls else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if EVENKEEL.trust_proxy else 0
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # one step of 30 s either way: telephones' clocks drift
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not EVENKEEL.is_behind_tls
MFA_TOTP_ISSUER = "evenkeel"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            # The issuer was chosen by the operator: a mail address that it has verified finds the account.
            "EMAIL_AUTHENTICATION": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": EVENKEEL.oidc_name,
                    "client_id": EVENKEEL.oidc_client_id,
                    "secret": EVENKEEL.oidc_client_secret,
                    "settings": {"server_url": EVENKEEL.oidc_issuer},
                }
            ],
        }
    }
    if EVENKEEL.oidc_issuer
    else {}
)

# ------------------------------------------------------------------ security

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = EVENKEEL.is_behind_tls
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "evenkeel.edges.site_errors.no_csrf"
CSRF_TRUSTED_ORIGINS = [EVENKEEL.url] if EVENKEEL.url else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = EVENKEEL.is_behind_tls
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by machines on this side of the proxy
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if EVENKEEL.is_behind_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = EVENKEEL.is_behind_tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if EVENKEEL.trust_proxy else None
USE_X_FORWARDED_HOST = EVENKEEL.trust_proxy
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
_issuer_origin = "{0.scheme}://{0.netloc}".format(urlsplit(EVENKEEL.oidc_issuer))
# Where a signed address leads: a policy is held against redirects too.
_object_origins = EVENKEEL.objects.origins if EVENKEEL.objects else ()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_object_origins],
        "media-src": [SELF, *_object_origins],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Chromium holds the policy against the redirect that follows a form, so single sign-on's issuer is named.
        "form-action": [SELF, *([_issuer_origin] if EVENKEEL.oidc_issuer else [])],
        "frame-ancestors": [NONE],
    }
}

# ------------------------------------------------------------------ the rest

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "edges" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = EVENKEEL.data_dir / "static"
WHITENOISE_USE_FINDERS = DEBUG or IS_TEST
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = EVENKEEL.data_dir / "uploads"

LOGGING = logs.logging_config(level="WARNING" if IS_TEST else EVENKEEL.log_level, form=EVENKEEL.log_format)
LOGGING_CONFIG = "logging.config.dictConfig"
EMAIL_BACKEND = EVENKEEL.mail["EMAIL_BACKEND"]
for _name, _value in EVENKEEL.mail.items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EVENKEEL.mail_from
# W021 asks for HSTS preloading, which is the domain owner's decision and not this application's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if not EVENKEEL.is_behind_tls:
    # They all follow from the address, of which evenkeel.E001 and E002 tell with the fix.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
