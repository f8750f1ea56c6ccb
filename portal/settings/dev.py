"""One machine, one command: SQLite, files under DATA_DIR, an own secret made on the first start."""

from django.core.management.utils import get_random_secret_key

from portal.settings.base import *  # noqa: F403
from portal.settings.base import ALLOWED_HOSTS, DATA_DIR, SECRET_KEY, STORAGES, env

DEBUG = env.bool("DEBUG", default=False)
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)
if not SECRET_KEY:
    _secret = DATA_DIR / "secret_key"
    if not _secret.is_file():
        _secret.write_text(get_random_secret_key())
        _secret.chmod(0o600)
    SECRET_KEY = _secret.read_text()
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

# No collectstatic step: files are served as they stand in the tree.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
METRICS_OPEN = True

DEMO_ALLOWED = True
DEMO_PASSWORD = env("DEMO_PASSWORD", default="")
SEED = env.bool("SEED", default=True)
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
