"""Settings of the tests: the real ones, with a fast password hasher and a place of their own for data."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    # Set once by the first process; the parallel ones inherit it and leave it alone.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tracker-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
# Whatever the shell carries, tests send no mail to a real host and use no broker but their own.
for name in ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "REDIS_URL", "TRACKER_ENV", "DEBUG"):
    os.environ.pop(name, None)

from tracker.settings import *  # noqa: E402, F403
from tracker.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A test database need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # type: ignore[index]

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
#: Each test sees what is, not what was kept ready; tests of the ready pages switch them on.
READY_PAGES = False
#: A fault in a part of a page fails the test; tests of the error state let it fail alone.
PARTS_FAIL_ALONE = False
SECURE_SSL_REDIRECT = False
