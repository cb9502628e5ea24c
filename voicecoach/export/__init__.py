"""Formats: how a session becomes a file.

How to add one:

1. Write a module here with a function that satisfies `Writer`.
2. Add a row to `WRITERS` in `export/formats.py`; the module is imported only when the row is used.
3. Run the contract tests of `tests/export/` on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voicecoach.audio import Pcm  # brings NumPy, which a session of known sounds is written without
    from voicecoach.events import Chapter

BIT_RATE = 64_000
"""Of an MP3; constant, as players then seek exactly."""


class Writer(Protocol):
    """Writes one finished file of a format."""

    def __call__(self, path: str, blocks: Iterable[Pcm], rate_hz: int, tags: dict[str, str],
                 chapters: tuple[Chapter, ...], bit_rate: int = BIT_RATE) -> None:  # fmt: skip
        """Encode `blocks` (mono int16) to `path` as a stream; raises OSError where the disk refuses.

        What a format has no place for (tags, chapters, a bit rate) it leaves out.
        """
        ...
