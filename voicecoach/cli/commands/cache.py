"""`cache`: what finished sounds are kept, fewer of them, none, or those of a session beforehand."""

import os
import re
import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from voicecoach.cache.pruning import MOST_BYTES, CacheSize, empty_folder, measure_folder, prune_folder
from voicecoach.cli.arguments import AsJson, SessionName, VoiceName
from voicecoach.cli.sessions import open_speech, progress_bar, session_for
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import warm_clips
from voicecoach.errors import UsageError, plain
from voicecoach.model import Pacing
from voicecoach.paths import cache_folder

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([kmg]?)i?b?", re.IGNORECASE)
_DAY_S = 24 * 3600


def info(terminal: Terminal, as_json: AsJson = False) -> None:
    """Say where sounds are kept, how many, and how large they are."""
    folder = cache_folder(os.environ)
    found = measure_folder(folder)
    if as_json:
        oldest = None if found.oldest_s is None else datetime.fromtimestamp(found.oldest_s, UTC).isoformat()
        terminal.result_object({
            "schema": 1, "folder": str(folder), "entries": found.entries, "size_bytes": found.size,
            "most_bytes": MOST_BYTES, "oldest_used": oldest,
        })  # fmt: skip
        return
    size = f"{size_words(found.size)} of at most {size_words(MOST_BYTES)}"
    terminal.result(f"folder   {folder}\nentries  {found.entries}\nsize     {size}")
    if found.oldest_s is not None:
        days = int((time.time() - found.oldest_s) / _DAY_S)
        terminal.result(f"oldest   {'used today' if days < 1 else f'last used {days} days ago'}")


def prune(
    terminal: Terminal,
    to: Annotated[str, typer.Option(metavar="SIZE", help="How large it may stay, like 200M.")] = "1G",
) -> None:
    """Remove what was longest not used. By itself the cache does so once it is larger than 1 GB."""
    _tell_removed(prune_folder(cache_folder(os.environ), size_of(to)), terminal)


def clear(terminal: Terminal) -> None:
    """Remove every sound; each is made anew when it is wanted."""
    _tell_removed(empty_folder(cache_folder(os.environ)), terminal)


def warm(session: SessionName, pacing: Pacing, terminal: Terminal, voice: VoiceName = "") -> None:
    """Make the sounds of a session now, so that it waits for nothing."""
    wished = session_for(session, pacing, terminal)
    with open_speech(wished, voice, terminal, whole=True) as (fitted, speech):
        with progress_bar(terminal, wished.program.title) as progress:
            count = warm_clips(fitted, speech, progress)
        terminal.result(f"{wished.program.title}: {count} sounds are ready")


def size_of(text: str) -> int:
    """Read a size, like 500M or 1.5 GB; raises UsageError."""
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise UsageError(f'--to: "{plain(text)}" is no size', "write a number with K, M or G, like 500M")
    return int(float(found[1]) * _UNITS[found[2].upper()])


def size_words(size: int) -> str:
    """Return a size in words: 3.4 MB."""
    for factor, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def _tell_removed(removed: CacheSize, terminal: Terminal) -> None:
    terminal.result(f"removed {removed.entries} entries, {size_words(removed.size)}")
