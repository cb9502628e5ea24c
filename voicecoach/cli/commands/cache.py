"""Keeping the clip cache: what it holds, making it smaller, and making a session's sounds beforehand."""

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cache import cache_folder
from voicecoach.cache.pruning import MOST_BYTES, CacheSize, empty_folder, measure_folder, prune_folder
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from voicecoach.session import Session

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([kmg]?)i?b?", re.IGNORECASE)
_DAY_S = 24 * 3600


def tell_cache(terminal: Terminal) -> None:
    """Print where the cache is, what it holds, and how large it may grow."""
    folder = _folder()
    found = measure_folder(folder)
    terminal.result(f"folder   {folder}")
    terminal.result(f"entries  {found.entries}")
    terminal.result(f"size     {size_words(found.size)} of at most {size_words(MOST_BYTES)}")
    if found.oldest_s is not None:
        days = int((time.time() - found.oldest_s) / _DAY_S)
        terminal.result(f"oldest   {'used today' if days < 1 else f'last used {days} days ago'}")


def prune_cache(limit: str, terminal: Terminal) -> None:
    """Remove what was longest not used, until the cache is as small as `limit`."""
    _tell_removed(prune_folder(_folder(), size_of(limit)), terminal)


def clear_cache(terminal: Terminal) -> None:
    """Remove everything that the cache holds."""
    _tell_removed(empty_folder(_folder()), terminal)


def warm_cache(session: "Session", voice: str, terminal: Terminal) -> None:
    """Make all that a session's MP3 is laid out of, so that playing and exporting it wait for nothing."""
    from voicecoach import coach
    from voicecoach.cli.export_file import progress_bar
    from voicecoach.cli.sessions import spoken

    with spoken(session, voice, terminal, whole=True) as (fitted, speech):
        with progress_bar(terminal, session.program.title) as progress:
            count = coach.warm_clips(fitted, speech, progress)
        terminal.result(f"{session.program.title}: {count} sounds are ready")


def size_of(text: str) -> int:
    """Read a size, like 500M or 1.5 GB; raises UsageError."""
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise UsageError(f'--to: "{text}" is no size', "write a number with K, M or G, like 500M")
    return int(float(found[1]) * _UNITS[found[2].lower()])


def size_words(size: int) -> str:
    """Return a size in words: 3.4 MB."""
    for factor, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def _tell_removed(removed: CacheSize, terminal: Terminal) -> None:
    terminal.result(f"removed {removed.entries} entries, {size_words(removed.size)}")


def _folder() -> Path:
    return cache_folder(os.environ)
