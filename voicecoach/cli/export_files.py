"""Writing sessions: one to a pipe, or several into a folder, where one that fails does not stop the others."""

import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from voicecoach.cli.sessions import open_speech, progress_bar, start_at
from voicecoach.cli.source_names import refuse_inputs
from voicecoach.cli.terminal import Terminal, one_line
from voicecoach.cli.workers import share_out
from voicecoach.coach import Progress, export_session
from voicecoach.errors import FileError, VoicecoachError, plain
from voicecoach.export.formats import SavedFile
from voicecoach.files import file_error
from voicecoach.session import Session
from voicecoach.units import clock

_PIPE = "standard output"
MOST_BYTES = 120
"""Of UTF-8: with its extension, and the folder it stands in, a name stays within what systems allow."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\..*)?", re.IGNORECASE)

Save = Callable[[Session, str, Terminal, Progress], SavedFile]
"""Writes a session to a path, and tells the terminal of it: `save_session` with a bit rate and a voice."""

ExportResult = tuple[SavedFile, list[str]]
"""A finished file, and what was said on the way."""


@dataclass(frozen=True, slots=True)
class _Listener(Terminal):
    """A terminal that only remembers: what a worker says is told by the one who knows which session it is."""

    told: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.told.append(text)


class Task(NamedTuple):
    """A session, what it was called by, and the file it becomes."""

    name: str
    session: Session
    path: str


def save_session(
    session: Session, path: str, terminal: Terminal, progress: Progress, *, bit_rate: int, voice: str
) -> SavedFile:
    """Write a session to `path`, at so many bits a second where its format has bit rates."""
    with open_speech(session, voice, terminal, whole=True) as (fitted, speech):
        return export_session(fitted, speech, path, progress, bit_rate)[1]


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


def export_several(
    names: Sequence[str], load: Callable[[str], Session], start: str, folder: str, extension: str, save: Save,
    terminal: Terminal
) -> int:  # fmt: skip
    """Write each session to a file of its title in `folder`, made if need be, and return 1 where one failed.

    Raises FileError where it cannot be made, and UsageError where a session has no such exercise to `start` at.
    """
    failed: list[str] = []
    sessions: list[tuple[str, Session]] = []
    for name in names:
        with _noting_failure(name, failed):
            sessions.append((name, load(name)))
    sessions = [(name, start_at(session, start, f"{plain(name)}: ")) for name, session in sessions]
    _make(folder)
    files = file_names((session.program.title for _, session in sessions), extension)
    tasks: list[Task] = []
    for (name, session), file in zip(sessions, files, strict=True):
        with _noting_failure(name, failed):
            path = str(Path(folder) / file)
            refuse_inputs(path, *names)
            tasks.append(Task(name, session, path))
    with progress_bar(terminal, folder) as progress:
        failed += write_sessions(tasks, partial(_save, save), terminal, progress)
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
        with _noting_failure(task.name, failed):
            saved, notes = future.result()
            for note in notes:
                terminal.tell(f"{plain(task.name)}: {note}")
            tell_saved(saved, terminal, terminal.result)
        done.append(task)
        progress(len(done) / len(tasks))

    left = share_out(tasks, save, told)
    if left:
        again = ", ".join(plain(task.name) for task in left)
        terminal.tell(f"A worker ended unexpectedly; begun again, one by one: {again}")
    # Alone, as memory may have run out, and so that one that ends its worker takes no other along.
    lost = [each for task in left for each in share_out([task], save, told)]
    return failed + [f"{plain(task.name)}: its worker ended unexpectedly" for task in lost]


def file_names(titles: Iterable[str], extension: str) -> tuple[str, ...]:
    """Return a file name for each title, as every system allows; no two are alike save for case or forms of accents."""
    stems: dict[str, str] = {}
    for stem in map(_stem, titles):
        numbered = chain([stem], (f"{stem} {number}" for number in count(2)))
        free = next(each for each in numbered if _folded(each) not in stems)
        stems[_folded(free)] = free
    return tuple(f"{stem}{extension}" for stem in stems.values())


@contextmanager
def _noting_failure(name: str, failed: list[str]) -> Iterator[None]:
    try:
        yield
    except VoicecoachError as error:
        failed.append(f"{plain(name)}: {error}")


def _save(save: Save, task: Task) -> ExportResult:
    listener = _Listener(plain=True)
    return save(task.session, task.path, listener, lambda _: None), listener.told


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(exist_ok=True)
    except FileExistsError:
        raise FileError(folder, "this is a file", "name a folder for several sessions") from None
    except FileNotFoundError:
        raise FileError(folder, "there is no folder to make it in", "make that first") from None
    except OSError as error:
        raise file_error(folder, error) from None


def _stem(title: str) -> str:
    allowed = plain(_FORBIDDEN.sub(" ", title))
    short = allowed.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore")
    # Windows drops dots and spaces at the end; in front, a dot hides a file, and a dash makes it a flag.
    stem = short.rstrip(". ").lstrip(". -") or "session"
    return f"{stem}_" if _RESERVED.fullmatch(stem) else stem


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _no_room(folder: str, why: str) -> FileError:
    what = f"a session needs room here before it goes to standard output ({why})"
    return FileError(folder, what, "free some space, or name another folder in TMPDIR")
