import pytest

from wayside_server import running_server


@pytest.fixture
def server():
    """A fresh server for one test."""
    with running_server() as fresh:
        yield fresh
