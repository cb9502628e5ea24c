"""Writing one session: to a file or a pipe, with a bar that moves meanwhile, and what is said of it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from voicecoach.cli.sessions import open_speech
from voicecoach.cli.terminal import Terminal, one_line
from voicecoach.coach import Progress, export_session
from voicecoach.errors import FileError, plain
from voicecoach.export.formats import SavedFile
from voicecoach.session import Session
from voicecoach.units import clock

_PIPE = "standard output"

Save = Callable[[Session, str, Terminal, Progress], SavedFile]
"""Writes a session to a path, and tells the terminal of it: `save_session` with a bit rate and a voice."""


def save_session(
    session: Session, path: str, terminal: Terminal, progress: Progress, *, bit_rate: int, voice: str
) -> SavedFile:
    """Write a session to `path`, at so many bits a second where its format has bit rates."""
    with open_speech(session, voice, terminal, whole=True) as (fitted, speech):
        return export_session(fitted, speech, path, progress, bit_rate)[1]


def export_file(session: Session, path: str, save: Save, terminal: Terminal) -> None:
    """Write a session to `path` and print one line about the file."""
    with progress_bar(terminal, path) as progress:
        saved = save(session, path, terminal, progress)
    tell_saved(saved, terminal, terminal.result)


def export_to_pipe(session: Session, extension: str, save: Save, terminal: Terminal) -> None:
    """Write a session to standard output, once it is whole: its head, written last, tells how long it is.

    Raises FileError where the folder of temporary files has no room for it.
    """
    try:
        temporary = TemporaryDirectory(prefix="voicecoach-")
    except OSError as error:
        folder = str(Path(error.filename).parent) if error.filename else "TMPDIR"
        raise _no_room(folder, error.strerror or str(error)) from None
    with temporary as folder:
        path = Path(folder) / f"session{extension}"
        try:
            with progress_bar(terminal, _PIPE) as progress:
                saved = save(session, str(path), terminal, progress)
        except FileError as error:
            if not error.path.startswith(folder):
                raise
            raise _no_room(str(path.parents[1]), error.what.removeprefix(f"{plain(error.path)}: ")) from None
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    tell_saved(saved._replace(path=_PIPE), terminal, terminal.tell)


def tell_saved(saved: SavedFile, terminal: Terminal, result: Callable[[str], None]) -> None:
    """Print one line about a finished file as a `result`."""
    if saved.peak_limited:
        terminal.tell("The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP.")
    measured = f"{saved.lufs:.1f} LUFS, true peak {saved.true_peak_dbtp:.1f} dBTP"
    result(f"{one_line(saved.path)}: {clock(saved.duration_ms)}, {measured}")


@contextmanager
def progress_bar(terminal: Terminal, label: str) -> Iterator[Progress]:
    """Give what moves a bar from 0 to 1, or nothing where there are no bars."""
    if terminal.plain:
        yield lambda _: None
        return
    # Rich takes 60 ms, and draws nothing in a script.
    from voicecoach.cli.live_picture import show_bar

    with show_bar(label) as progress:
        yield progress


def _no_room(folder: str, why: str) -> FileError:
    what = f"a session needs room here before it goes to standard output ({why})"
    return FileError(folder, what, "free some space, or name another folder in TMPDIR")
