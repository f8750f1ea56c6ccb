"""Settings from the environment: what production demands, and where files go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings.storage import media_folder

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {"SECRET_KEY": "a secret only for this test", "ALLOWED_HOSTS": "forum.example"}


def production(
    tmp_path: Path, name: str = "SESSION_COOKIE_NAME", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process of their own, and print one of them."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import portal.settings.production as s; print(s.{name})",
        ],
        env=kept | {"DATA_DIR": str(tmp_path)} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_refuses_to_start_without(missing, tmp_path):
    given = {key: value for key, value in COMPLETE.items() if key != missing}
    answer = production(tmp_path, **given)
    assert answer.returncode != 0
    assert f"Set {missing}" in answer.stderr


def test_production_starts_with_both(tmp_path):
    answer = production(tmp_path, **COMPLETE)
    assert answer.stdout.strip() == "__Host-session"


@pytest.mark.parametrize("name", ["NINJA_NUM_PROXIES", "ALLAUTH_TRUSTED_PROXY_COUNT"])
def test_the_api_and_signing_in_believe_the_same_number_of_proxies(name, tmp_path):
    assert production(tmp_path, name, **COMPLETE).stdout.strip() == "0"
    assert production(tmp_path, name, **COMPLETE, PROXIES="2").stdout.strip() == "2"


def test_what_a_monitor_reads_is_closed_in_production(tmp_path):
    assert production(tmp_path, "METRICS_OPEN", **COMPLETE).stdout.strip() == "False"


def test_files_go_where_the_url_says():
    assert media_folder("", Path("/data/media")) == Path("/data/media")
    assert media_folder("file:///srv/a%20b", Path("/data")) == Path("/srv/a b")


@pytest.mark.parametrize("url", ["s3://bucket/x", "/srv/media", "file://host/x", "file:"])
def test_other_storage_is_refused_in_words(url):
    with pytest.raises(ImproperlyConfigured, match="file:///"):
        media_folder(url, Path("/data"))
