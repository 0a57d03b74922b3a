"""The settings of the tests: the development mode, with what would be slow or lasting taken out."""

import os
import tempfile

# Set before the real module is read; what a developer's shell says must not change the tests.
os.environ["YOUJU_DEV"] = "1"
os.environ["LOG_LEVEL"] = "WARNING"
for _name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "MEDIA_ROOT", "YOUJU_VAR"):
    os.environ.pop(_name, None)

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names without fingerprints: the tests need no `collectstatic`, and whitenoise reads no folder.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# Concrete models of the kernel's abstract ones, which the kernel's tests write to.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.portal.sample"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, where each thread has a connection and transactions of its own as in production. In
    # memory all threads share one connection: the live server's requests would fall into the test's
    # transactions. One folder a process, so that runs at the same time do not meet; tests/conftest.py
    # removes it.
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(tempfile.mkdtemp(prefix="youju-test-"), "test.sqlite3")
    }
