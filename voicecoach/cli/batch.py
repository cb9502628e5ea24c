"""Writing several sessions into a folder, on the cores at hand; one that fails does not stop the others."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from voicecoach.cli.export_file import Encoding, save_session, tell_saved
from voicecoach.cli.filenames import file_names
from voicecoach.cli.outputs import refuse_inputs
from voicecoach.cli.progress import progress_bar
from voicecoach.cli.terminal import Terminal
from voicecoach.cli.workers import share_out
from voicecoach.errors import FileError, VoicecoachError, plain
from voicecoach.export.formats import SavedFile
from voicecoach.files import file_error
from voicecoach.session import Session

ExportResult = tuple[SavedFile, list[str]]
"""A finished file, and what was said on the way."""


@dataclass(frozen=True, slots=True)
class _Listener(Terminal):
    """A terminal that only remembers: what a worker says is told by the one who knows which session it is."""

    told: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.told.append(text)


@dataclass(frozen=True, slots=True)
class Task:
    """A session, what it was called by, and the file it becomes."""

    name: str
    session: Session
    path: str


def export_several(
    names: Sequence[str],
    session_for: Callable[[str], Session],
    folder: str,
    encoding: Encoding,
    voice: str,
    terminal: Terminal,
) -> int:
    """Write each session to a file of its title in `folder`, and return 1 where one failed.

    A folder that is not there is made. Raises FileError where it cannot be.
    """
    _make(folder)
    failed: list[str] = []
    sessions: list[tuple[str, Session]] = []
    for name in names:
        try:
            sessions.append((name, session_for(name)))
        except VoicecoachError as error:
            failed.append(f"{plain(name)}: {error}")
    titles = (session.program.title for _, session in sessions)
    paths = [str(Path(folder) / name) for name in file_names(titles, encoding.extension)]
    tasks: list[Task] = []
    for (name, session), path in zip(sessions, paths, strict=True):
        try:
            refuse_inputs(path, *names)
            tasks.append(Task(name, session, path))
        except VoicecoachError as error:
            failed.append(f"{plain(name)}: {error}")
    with progress_bar(terminal, folder) as progress:
        failed += write_sessions(tasks, partial(_save, voice=voice, encoding=encoding), terminal, progress)
    for failure in failed:
        terminal.tell(failure)
    if failed:
        terminal.tell(f"{len(failed)} of {len(names)} sessions could not be written.")
    return int(bool(failed))


def write_sessions(
    tasks: list[Task], save: Callable[[Task], ExportResult], terminal: Terminal, progress: Callable[[float], None]
) -> list[str]:
    """Write the sessions, tell of each, and return the failures."""
    failed: list[str] = []
    done: list[Task] = []

    def told(task: Task, future: "Future[ExportResult]") -> None:
        failed.extend(_told(task.name, future, terminal))
        done.append(task)
        progress(len(done) / len(tasks))

    left = share_out(tasks, save, told)
    if left:
        again = ", ".join(plain(task.name) for task in left)
        terminal.tell(f"A worker ended unexpectedly; begun again, one by one: {again}")
    # Alone, as memory may have run out, and so that one that ends its worker takes no other along.
    lost = [each for task in left for each in share_out([task], save, told)]
    return failed + [f"{plain(task.name)}: its worker ended unexpectedly" for task in lost]


def _told(name: str, done: "Future[ExportResult]", terminal: Terminal) -> list[str]:
    """Tell of a finished session, or return its failure."""
    try:
        saved, notes = done.result()
    except VoicecoachError as error:
        return [f"{plain(name)}: {error}"]
    for note in notes:
        terminal.tell(f"{plain(name)}: {note}")
    tell_saved(saved, terminal.tell, terminal.result)
    return []


def _save(task: Task, voice: str, encoding: Encoding) -> ExportResult:
    listener = _Listener(plain=True)
    saved = save_session(task.session, task.path, encoding, voice, listener, lambda _: None)
    return saved, listener.told


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(exist_ok=True)
    except FileExistsError:
        raise FileError(folder, "this is a file", "name a folder for several sessions") from None
    except FileNotFoundError:
        raise FileError(folder, "there is no folder to make it in", "make that first") from None
    except OSError as error:
        raise file_error(folder, error) from None
