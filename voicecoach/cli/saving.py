"""Writing a session to a file: the progress bar, and what is said of the finished file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voicecoach import coach
from voicecoach.cli.sessions import spoken
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session
from voicecoach.units import clock


def export_file(session_for: Callable[[], Session], path: str, voice: str, terminal: Terminal) -> None:
    """Write a session to `path` and print one line about the file. The path is checked before any work."""
    from voicecoach.export.saved import check_target

    check_target(path)
    session = session_for()
    with spoken(session, voice, terminal) as (fitted, speech), _progress(terminal, path) as progress:
        _, saved = coach.export(fitted, speech, path, progress)
    if saved.peak_limited:
        terminal.tell("The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP.")
    measured = f"{saved.lufs:.1f} LUFS, true peak {saved.true_peak_dbtp:.1f} dBTP"
    terminal.result(f"{saved.path}: {clock(saved.duration_ms)}, {measured}")


@contextmanager
def _progress(terminal: Terminal, path: str) -> Iterator[Callable[[float], None]]:
    if terminal.plain:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(path, total=1.0)
        yield lambda done: progress.update(task, completed=done)
