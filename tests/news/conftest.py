"""The newsroom's desk, as each role has it."""

import pytest

from news.roles import install_roles
from tests.factories import UserFactory, a_site


@pytest.fixture
def desk(client):
    """A site with its roles; `desk(role)` is a client signed in as an account of that role."""
    client.home = a_site()
    groups = install_roles()

    def sign_in(role):
        client.user = UserFactory()
        client.user.groups.add(groups[role])
        client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
