"""What whole sessions are compared with: the words as the program itself speaks them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecoach.cache import ClipCache
from voicecoach.studio import Studio, open_studio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """Give the studio of a session that plays in this very folder, with the clips that it plays."""
    with open_studio(None, "en", ClipCache(tmp_path / "clips")) as opened:
        yield opened
