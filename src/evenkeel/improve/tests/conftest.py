from __future__ import annotations

import pytest

from .story import Story


@pytest.fixture
def story(db: None) -> Story:
    """A month of audits with a planted fault."""
    return Story.told()
