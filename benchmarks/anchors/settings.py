"""A bare Django project: no middleware, no session, no translation, one engine, cached templates, kept connections."""

import os
from pathlib import Path

from environ import Env

DEBUG = False
SECRET_KEY = "an-anchor-keeps-no-secret"  # noqa: S105  # never leaves the loopback address
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = ["benchmarks.anchors"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.anchors.urls"
WSGI_APPLICATION = "benchmarks.anchors.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ]
        },
    }
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
USE_I18N = False
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

URL = os.environ.get("DATABASE_URL", "").strip()
if URL:
    DATABASES = {"default": Env.db_url_config(URL)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(os.environ["DATA_DIR"]) / "anchors.sqlite3"),
            "OPTIONS": {
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60
