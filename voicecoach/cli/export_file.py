"""Writing sessions to files: where to, the progress bar, and what is said of the finished files."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR

from voicecoach.cli.sessions import spoken
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import export_session
from voicecoach.errors import UsageError, plain
from voicecoach.export.formats import FORMATS, MP3, Format, find_format, list_formats
from voicecoach.export.target import SavedFile, check_sound_target
from voicecoach.files import mode_of
from voicecoach.session import Session
from voicecoach.units import clock

SessionFor = Callable[[str], Session]


def export_files(
    names: Sequence[str],
    session_for: SessionFor,
    output: str,
    voice: str,
    bitrate: str,
    terminal: Terminal,
    *,
    asked: bool,
) -> int:
    """Write sessions to a file, or into a folder, and return 1 where one of several failed.

    Raises UsageError for several sessions and the name of one file.
    """
    kind = find_format(output) if _is_named_as_a_file(output) else MP3
    bit_rate = parse_bit_rate(bitrate, kind, asked=asked)
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
    session_for: Callable[[], Session], path: str, voice: str, terminal: Terminal, bit_rate: int = 0
) -> None:
    """Write a session to `path` and print one line about the file. The path is checked before any work."""
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
) -> SavedFile:
    """Write a session to `path` and return what was written."""
    with spoken(session, voice, terminal, whole=True) as (fitted, speech):
        _, saved = export_session(fitted, speech, path, progress, bit_rate)
    return saved


def tell_saved(saved: SavedFile, terminal: Terminal) -> None:
    """Print one line about a finished file."""
    if saved.peak_limited:
        terminal.tell("The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP.")
    measured = f"{saved.lufs:.1f} LUFS, true peak {saved.true_peak_dbtp:.1f} dBTP"
    terminal.result(f"{saved.path}: {clock(saved.duration_ms)}, {measured}")


def parse_bit_rate(text: str, kind: Format, *, asked: bool) -> int:
    """Read a bit rate of a format, its own where `text` is empty; raises UsageError.

    One that was not `asked` for with a flag, but set for all files, passes over formats without a choice.
    """
    offered = {compose_bit_rate(each): each for each in kind.bit_rates}
    if not text or not (offered or asked):
        return kind.bit_rate
    if not offered:
        what = f"--bitrate: a {kind.extension} file has none to choose"
        chosen = list_formats(which=lambda each: bool(each.bit_rates))
        raise UsageError(what, f"leave it out, or end the name in {chosen}")
    if text.lower() not in offered:
        raise UsageError(f'--bitrate: "{text}" is not offered', f"write {', '.join(offered)}")
    return offered[text.lower()]


def compose_bit_rate(bit_rate: int) -> str:
    """Return a bit rate as `--bitrate` takes it: "64k"."""
    return f"{bit_rate // 1000}k"


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
    return Path(output).suffix.lower() in FORMATS and not _ends_in_a_slash(output)


def _ends_in_a_slash(output: str) -> bool:
    return output.endswith(("/", os.sep))
