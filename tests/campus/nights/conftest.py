from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.campus.nights import plan


@pytest.fixture
def night(settings: Settings) -> Iterator[plan.Night]:
    """The short plan instead of the real one."""
    settings.NIGHT_PLAN = plan.PLAN
    yield plan.night
    plan.night.clear()
