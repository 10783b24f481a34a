"""A network of files in a folder of the test's own."""

import pytest

from graph.selectors import network


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    network.forget()
    yield
    network.forget()
