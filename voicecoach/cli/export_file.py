"""Writing sessions to files: where to, the progress bar, and what is said of the finished files."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from voicecoach import coach
from voicecoach.cli.sessions import spoken
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session
from voicecoach.errors import UsageError, plain
from voicecoach.export import BIT_RATE
from voicecoach.export.formats import WRITERS
from voicecoach.files import mode_of
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.export.target import SavedFile

BIT_RATES = {"48k": 48_000, "64k": 64_000, "96k": 96_000}
"""What an MP3 may have; its bit rate is constant."""

SessionFor = Callable[[str], Session]


def export_files(
    names: Sequence[str], session_for: SessionFor, output: str, voice: str, bitrate: str, terminal: Terminal
) -> int:
    """Write sessions to a file, or into a folder, and return 1 where one of several failed.

    Raises UsageError for several sessions and the name of one file.
    """
    bit_rate = bit_rate_of(bitrate)
    if len(names) == 1 and not _is_folder(output):
        export_file(lambda: session_for(names[0]), output, voice, terminal, bit_rate)
        return 0
    if _is_named_as_a_file(output):
        raise UsageError(
            f"{plain(output)}: several sessions need a folder", 'name one, or end the name in "/"'
        )
    from voicecoach.cli.batch import export_several

    return export_several(names, session_for, output, voice, bit_rate, terminal)


def export_file(
    session_for: Callable[[], Session], path: str, voice: str, terminal: Terminal, bit_rate: int = BIT_RATE
) -> None:
    """Write a session to `path` and print one line about the file. The path is checked before any work."""
    from voicecoach.export.target import check_sound_target

    check_sound_target(path)
    session = session_for()
    with progress_bar(terminal, path) as progress:
        saved = saved_session(session, path, voice, bit_rate, terminal, progress)
    tell_saved(saved, terminal)


def saved_session(
    session: Session,
    path: str,
    voice: str,
    bit_rate: int,
    terminal: Terminal,
    progress: Callable[[float], None],
) -> "SavedFile":
    """Write a session to `path` and return what was written."""
    with spoken(session, voice, terminal, whole=True) as (fitted, speech):
        _, saved = coach.export_session(fitted, speech, path, progress, bit_rate)
    return saved


def tell_saved(saved: "SavedFile", terminal: Terminal) -> None:
    """Print one line about a finished file."""
    if saved.peak_limited:
        terminal.tell("The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP.")
    measured = f"{saved.lufs:.1f} LUFS, true peak {saved.true_peak_dbtp:.1f} dBTP"
    terminal.result(f"{saved.path}: {clock(saved.duration_ms)}, {measured}")


def bit_rate_of(text: str) -> int:
    """Read a bit rate; raises UsageError."""
    if text.lower() not in BIT_RATES:
        raise UsageError(f'--bitrate: "{text}" is not offered', f"write {', '.join(BIT_RATES)}")
    return BIT_RATES[text.lower()]


def refuse_idle_bit_rate(output: str) -> None:
    """Raise UsageError where a file that is to be written has no bit rate to choose."""
    extension = Path(output).suffix.lower()
    if _is_named_as_a_file(output) and extension != ".mp3":
        raise UsageError(
            f"--bitrate: a {extension} file has none to choose", "leave it out, or end the name in .mp3"
        )


@contextmanager
def progress_bar(terminal: Terminal, label: str) -> Iterator[Callable[[float], None]]:
    """Give what moves a bar from 0 to 1, or nothing where there are no bars."""
    if terminal.plain:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=1.0)
        yield lambda done: progress.update(task, completed=done)


def _is_folder(output: str) -> bool:
    """Return whether a name is a folder's: it is there as one, or ends in a slash."""
    return not _is_named_as_a_file(output) and (_ends_in_a_slash(output) or S_ISDIR(mode_of(output)))


def _is_named_as_a_file(output: str) -> bool:
    """Return whether a name is a sound file's, such as "a.mp3", whatever stands there."""
    return Path(output).suffix.lower() in WRITERS and not _ends_in_a_slash(output)


def _ends_in_a_slash(output: str) -> bool:
    return output.endswith(("/", os.sep))
