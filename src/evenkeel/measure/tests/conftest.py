from __future__ import annotations

import pytest

from .floor import Floor


@pytest.fixture
def floor(db: None) -> Floor:
    """Two organisations, two queues, four workers, six items."""
    return Floor.make()
