"""The one settings module. Production is the base; the environment only relaxes or connects.

`YOUJU_DEV=1` (set by `make run`) is the development mode: it brings a key for local use and plain
HTTP. Without it, `SECRET_KEY` and `ALLOWED_HOSTS` must be given. Every variable is listed in README.md.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.databases import connection_of

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("YOUJU_VAR", default=str(BASE_DIR / ".var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Mode ------------------------------------------------------------------------------------------

DEVELOPMENT = env.bool("YOUJU_DEV", default=False)
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not DEVELOPMENT:
    raise ImproperlyConfigured("DEBUG 只能在开发模式（YOUJU_DEV=1）下打开。")

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEVELOPMENT:
        raise ImproperlyConfigured(
            "缺少环境变量 SECRET_KEY。本机试用请运行 make run；正式部署请设置一个五十个字符以上的随机值。"
        )
    SECRET_KEY = "development-only-key-of-youju-that-protects-nothing-on-purpose"  # noqa: S105

# Former keys: what was signed with them (printed receipts) stays sound.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEVELOPMENT else []
)
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000")
TAG_AUTHORITY = env("TAG_AUTHORITY", default="")  # "host,year" of feeds' permanent identifiers
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

# --- Applications ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "news",
    "indices",
    "institutions",
    "portal",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.middleware.DeskRefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
        },
    },
]

# --- Database --------------------------------------------------------------------------------------

DATABASES = {
    "default": connection_of(
        env, default=f"sqlite:///{(VAR_DIR / 'db.sqlite3').as_posix()}", folder=BASE_DIR
    )
}

# --- Accounts --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Pages and documents for those who sign in ask here, not on a page of their own.
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "portal/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "portal.addresses.client_address"
AXES_VERBOSE = False

# --- Language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a long story with its blocks has thousands of form fields
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Drawn charts and share cards, a few kilobytes each.
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}

# --- Security --------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 31_536_000
# A newsroom whose sister sites still speak plain HTTP under the same domain must leave those out.
HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=not DEVELOPMENT)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS_SUBDOMAINS
SECURE_HSTS_PRELOAD = HSTS_SUBDOMAINS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = not DEVELOPMENT
CSRF_COOKIE_SECURE = not DEVELOPMENT
CSRF_COOKIE_HTTPONLY = True  # every script and form has the token from its page
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"  # Wagtail relaxes it for its own previews, and only there
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PERMISSIONS_POLICY = {
    feature: []
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")
}

# Video sites whose players a story may embed; `news.embeds` builds the players' addresses without
# asking these sites, and no other frame is allowed.
EMBED_HOSTS = ["https://player.bilibili.com", "https://v.qq.com"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": EMBED_HOSTS,
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}

# --- Mail: forgotten passwords, and what Wagtail tells editors ---------------------------------------

vars().update(
    env.email("EMAIL_URL", default="consolemail://" if DEVELOPMENT else "smtp://localhost:25")
)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="webmaster@localhost")
EMAIL_TIMEOUT = 10

# --- Wagtail ---------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "有据"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai", "UTC"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILADMIN_USER_LOGIN_FORM = "portal.accounts.SignInForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.search.backend"}}
WAGTAILIMAGES_IMAGE_MODEL = "portal.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 20_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.pictures.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "txt", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.documents.DocumentForm"
WAGTAILEMBEDS_FINDERS = [{"class": "news.embeds"}]
WAGTAILEMBEDS_RESPONSIVE_HTML = True

# --- API -------------------------------------------------------------------------------------------

# Read-only and open: no accounts, no sessions. `portal.api.reading` says the rest.
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "有据开放数据接口",
    "DESCRIPTION": (
        "只读，不需要账号。列表逐页给出，也可整张下载为 csv 或 xlsx；"
        "每个答案都能按某一天的情况（as_of）、按本站在某一刻所知（known_at）再问一遍。"
        "出错时的答案是 application/problem+json，写明哪个参数有误。"
    ),
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "PREPROCESSING_HOOKS": ["portal.api.schema.only_ours"],
    "POSTPROCESSING_HOOKS": [],
    # The schema names codes that exist, and `check --deploy` runs before there is a database; tests make it.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

# --- Logging ---------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        # Wagtail tells each task that it runs, twice.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # What a client did wrong (400 to 404, a strange host) stands in the web server's log; with a
        # traceback each, anyone could fill ours.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
