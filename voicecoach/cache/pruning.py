"""Keeping the cache small: what is in it, and what goes first when it must shrink.

Nothing is touched but what the cache itself has made, whatever else is in its folder.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from voicecoach.errors import FileError
from voicecoach.files import file_error

LENGTHS = "lengths"
"""The folder of small files that tell how long clips are."""
MOST_BYTES = 1 << 30
"""How large the cache may grow."""
_ROOM = 0.8  # of the bound is what a pruning leaves, so that the next is far away
_EVERY_S = 24 * 3600
_STAMP = ".pruned"
_OWN = re.compile(rf"[0-9a-f]{{2}}/(?:[0-9a-f]{{62}}|\.new-\w+)|{LENGTHS}/[0-9a-f]{{16}}")


class CacheSize(NamedTuple):
    """How many entries the cache holds, how large they are together, and when the oldest was last used."""

    entries: int
    size: int
    oldest_s: float | None


def measure_folder(folder: Path) -> CacheSize:
    """Return what is in the cache; raises FileError, as the other two do, for a folder that is closed."""
    every = list(_files_of(folder))
    return CacheSize(len(every), sum(size for _, size, _ in every), min((used_s for used_s, *_ in every), default=None))


def prune_folder(folder: Path, most_bytes: int) -> CacheSize:
    """Remove what was longest not used until at most `most_bytes` are left; return what was removed."""
    # What is dated in the future was used before the clock was set back, and so before all the rest.
    soon_s = time.time() + _EVERY_S
    every = sorted(_files_of(folder), key=lambda each: (each[0] <= soon_s, each[0]))
    left = sum(size for _, size, _ in every)
    removed, gone = 0, 0
    for _, size, path in every:
        if left - gone <= most_bytes:
            break
        with suppress(OSError):
            path.unlink()
            removed, gone = removed + 1, gone + size
    return CacheSize(removed, gone, None)


def empty_folder(folder: Path) -> CacheSize:
    """Remove everything; return what was removed."""
    removed = prune_folder(folder, -1)
    for each in (*folder.glob("[0-9a-f][0-9a-f]"), folder / LENGTHS, folder / _STAMP):
        with suppress(OSError):
            each.unlink() if each.name == _STAMP else each.rmdir()
    return removed


def keep_bound(folder: Path) -> None:
    """Prune a cache that has outgrown `MOST_BYTES`, looking at most once a day."""
    stamp = folder / _STAMP
    with suppress(OSError):
        if _is_of_today(stamp.stat().st_mtime):
            return
    with suppress(OSError):
        stamp.touch()
    with suppress(FileError):
        if measure_folder(folder).size > MOST_BYTES:
            prune_folder(folder, int(MOST_BYTES * _ROOM))


def mark_used(path: str | Path, found: os.stat_result | None = None) -> None:
    """Note that an entry is used, at most once a day; `found` is how it was seen to be just now."""
    with suppress(OSError):
        if not _is_of_today((found or os.stat(path)).st_mtime):  # noqa: PTH116 - a path may be text
            os.utime(path)


def _is_of_today(moment_s: float) -> bool:
    """Whether a moment is less than a day away, before or after: clocks are set back."""
    return abs(time.time() - moment_s) < _EVERY_S


def _files_of(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield the cache's own files: when each was last used (to a day), its size, and where it is; raises FileError."""
    try:
        rooms = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise file_error(folder, error) from None
    for room in rooms:
        # Another process may remove any of them at the same time, and some may not be ours to look at.
        with suppress(OSError):
            for path in room.iterdir() if room.is_dir() else ():
                if not _OWN.fullmatch(f"{room.name}/{path.name}"):
                    continue
                with suppress(OSError):
                    found = path.stat()
                    # A new one of today is being written.
                    if not (path.name.startswith(".new-") and _is_of_today(found.st_mtime)):
                        yield found.st_mtime, found.st_size, path
