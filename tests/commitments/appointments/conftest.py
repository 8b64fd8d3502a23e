"""The administrator at the keyboard."""

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(cast.administrator)
    return client
