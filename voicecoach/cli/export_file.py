"""Writing one session: to a file or a pipe, and what is said of it."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR
from tempfile import TemporaryDirectory

from voicecoach.cli.progress import progress_bar
from voicecoach.cli.sessions import open_speech
from voicecoach.cli.terminal import Terminal, one_line
from voicecoach.coach import export_session
from voicecoach.export.formats import FORMATS, SavedFile, check_sound_target
from voicecoach.files import mode_of
from voicecoach.session import Session
from voicecoach.units import clock

PIPE = "-"
_PIPE_NAME = "standard output"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How names of files end, ".mp3", and the bit rate of those that have one, in bits a second."""

    extension: str
    bit_rate: int


def export_file(
    session_for: Callable[[], Session], path: str, encoding: Encoding, voice: str, terminal: Terminal
) -> None:
    """Write a session to `path` and print one line about the file. The path is checked before any work."""
    check_sound_target(path)
    session = session_for()
    with progress_bar(terminal, path) as progress:
        saved = save_session(session, path, encoding, voice, terminal, progress)
    tell_saved(saved, terminal.tell, terminal.result)


def export_to_pipe(session_for: Callable[[], Session], encoding: Encoding, voice: str, terminal: Terminal) -> None:
    """Write a session to standard output, once it is whole: its head, written last, tells how long it is."""
    session = session_for()
    with TemporaryDirectory(prefix="voicecoach-") as folder:
        path = Path(folder) / f"session{encoding.extension}"
        with progress_bar(terminal, _PIPE_NAME) as progress:
            saved = save_session(session, str(path), encoding, voice, terminal, progress)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    tell_saved(replace(saved, path=_PIPE_NAME), terminal.tell, terminal.tell)


def save_session(
    session: Session, path: str, encoding: Encoding, voice: str, terminal: Terminal, progress: Callable[[float], None]
) -> SavedFile:
    """Write a session to `path` and return what was written."""
    with open_speech(session, voice, terminal, whole=True) as (fitted, speech):
        _, saved = export_session(fitted, speech, path, progress, encoding.bit_rate)
    return saved


def tell_saved(saved: SavedFile, tell: Callable[[str], None], result: Callable[[str], None]) -> None:
    """Print one line about a finished file."""
    if saved.peak_limited:
        tell("The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP.")
    measured = f"{saved.lufs:.1f} LUFS, true peak {saved.true_peak_dbtp:.1f} dBTP"
    result(f"{one_line(saved.path)}: {clock(saved.duration_ms)}, {measured}")


def is_folder(output: str) -> bool:
    """Return whether a name is a folder's: it is there as one, or ends in a slash."""
    return not is_sound_file(output) and (_ends_in_a_slash(output) or S_ISDIR(mode_of(output)))


def is_sound_file(output: str) -> bool:
    """Return whether a name is a sound file's, such as "a.mp3", whatever stands there."""
    return Path(output).suffix.lower() in FORMATS and not _ends_in_a_slash(output)


def _ends_in_a_slash(output: str) -> bool:
    return output.endswith(("/", os.sep))
