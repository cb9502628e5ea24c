"""Formats: how a session becomes a file.

How to add one:

1. Write a module here with a function that satisfies `Writer`.
2. Add a row to `WRITERS` in `export/table.py`; the module is imported only when the row is used.
3. Run the contract tests of `tests/export/` on it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from voicecoach.audio import Pcm
from voicecoach.events import Chapter

Blocks = Callable[[], Iterator[Pcm]]
"""Starts the session's sound anew: a writer may have to read it more than once."""


class Writer(Protocol):
    """Writes one finished file of a format."""

    def __call__(self, path: str, blocks: Iterable[Pcm], rate_hz: int, tags: dict[str, str],
                 chapters: tuple[Chapter, ...]) -> None:  # fmt: skip
        """Encode `blocks` (mono int16) to `path` as a stream; raises OSError where the disk refuses."""
        ...
