"""The stage, made once, with an index of all that may be found on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import Settings

from search.engines import get_engine
from tests.addresses.stage import Stage, make_stage
from tests.search.looking import index_everything
from tests.support.indices import make_index
from tests.support.tasks import EVERY_TASK


@pytest.fixture(scope="module")
def stage_as_made(
    standing: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Stage, Path]]:
    """The stage, and the folder of its index."""
    media, folder = tmp_path_factory.mktemp("media"), tmp_path_factory.mktemp("index")
    with override_settings(MEDIA_ROOT=media, TASKS=EVERY_TASK):
        stage = make_stage()
        with override_settings(SEARCH_DIR=folder):
            make_index(get_engine())
            index_everything()
        yield stage, folder


@pytest.fixture
def stage(stage_as_made: tuple[Stage, Path], settings: Settings, db: None) -> Stage:
    """Everything that an address may name."""
    stage, settings.SEARCH_DIR = stage_as_made
    return stage
