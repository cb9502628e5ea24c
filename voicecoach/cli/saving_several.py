"""Writing several sessions into a folder, on the cores at hand; one that fails does not stop the others."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cli.filenames import file_names
from voicecoach.cli.saving import SessionFor, progress_bar, saved_session, tell_saved
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session
from voicecoach.errors import FileError, VoicecoachError, plain

if TYPE_CHECKING:
    from voicecoach.export.saved import Saved

EXTENSION = ".mp3"


@dataclass(frozen=True, slots=True)
class _Listener(Terminal):
    """A terminal that only remembers: what a worker says is told by the one who knows which session it is."""

    told: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.told.append(text)


def export_several(
    names: Sequence[str], session_for: SessionFor, folder: str, voice: str, bit_rate: int, terminal: Terminal
) -> int:
    """Write each session to a file of its title in `folder`, and return 1 where one failed.

    A folder that is not there is made. Raises FileError where it cannot be.
    """
    _make(folder)
    failed: list[str] = []
    sessions: dict[str, Session] = {}
    for name in names:
        try:
            sessions[name] = session_for(name)
        except VoicecoachError as error:
            failed.append(f"{plain(name)}: {error}")
    titles = (session.program.title for session in sessions.values())
    paths = [str(Path(folder) / name) for name in file_names(titles, EXTENSION)]
    with progress_bar(terminal, folder) as progress, _workers(len(sessions)) as pool:
        running = {
            pool.submit(_saved, session, path, voice, bit_rate): name
            for (name, session), path in zip(sessions.items(), paths, strict=True)
        }
        for done, each in enumerate(as_completed(running), 1):
            failed += _told(running[each], each, terminal)
            progress(done / len(running))
    for failure in failed:
        terminal.tell(failure)
    if failed:
        terminal.tell(f"{len(failed)} of {len(names)} sessions could not be written.")
    return int(bool(failed))


def _told(name: str, done: "Future[tuple[Saved, list[str]]]", terminal: Terminal) -> list[str]:
    """Tell of a finished session, or return its failure."""
    try:
        saved, notes = done.result()
    except VoicecoachError as error:
        return [f"{plain(name)}: {error}"]
    for note in notes:
        terminal.tell(f"{plain(name)}: {note}")
    tell_saved(saved, terminal)
    return []


def _saved(session: Session, path: str, voice: str, bit_rate: int) -> "tuple[Saved, list[str]]":
    listener = _Listener(plain=True)
    return saved_session(session, path, voice, bit_rate, listener, lambda _: None), listener.told


@contextmanager
def _workers(wanted: int) -> Iterator[ProcessPoolExecutor]:
    """Give workers; where the program is stopped, they stop too and leave nothing half written."""
    hands = max(1, min(wanted, os.cpu_count() or 1))
    # A fresh interpreter each: threads and sound libraries do not survive a fork.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(hands, mp_context=fresh, initializer=_obey)
    try:
        yield pool
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def _obey() -> None:
    """Leave Ctrl-C to the program, and take its word to end as a reason to tidy up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(exist_ok=True)
    except FileExistsError:
        raise FileError(folder, "this is a file", "name a folder for several sessions") from None
    except FileNotFoundError:
        raise FileError(folder, "there is no folder to make it in", "make that first") from None
    except OSError as error:
        raise FileError(folder, error.strerror or "it cannot be made", "choose another place") from None
