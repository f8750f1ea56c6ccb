"""The test-suite: quick password hashes, mail in memory, tasks at once after commit."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", f"{tempfile.gettempdir()}/customs-forum-tests")
os.environ.setdefault("SECRET_KEY", "only-for-tests")

# Where several processes share the tests, each has a folder of its own.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    folder = Path(os.environ["DATA_DIR"])
    os.environ["DATA_DIR"] = str(folder if folder.name == worker else folder / worker)

from portal.settings.dev import *  # noqa: F403
from portal.settings.dev import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
TASKS = {"default": {"BACKEND": "tests.support.tasks.QuickBackend"}}

# Migrating costs more than most tests: the database is kept and used again.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

# What the environment names is for the tests that ask for a real node; all others use this one.
SEARCH_ENGINE = "embedded"
ELASTICSEARCH_URLS = []

# Every test has a client of its own: none of them lists all files before its first request.
WHITENOISE_AUTOREFRESH = True
