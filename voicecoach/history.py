"""What was exercised: one small SQLite file of this machine's user, which survives a kill at any moment."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voicecoach.errors import FileError

PLAYING, FINISHED, STOPPED = "playing", "finished", "stopped"
STATES = (PLAYING, FINISHED, STOPPED)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS session (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    flags TEXT NOT NULL,
    exercises INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'playing',
    reached INTEGER NOT NULL DEFAULT 1,
    done INTEGER NOT NULL DEFAULT 0,
    done_ms INTEGER NOT NULL DEFAULT 0,
    pain_before INTEGER,
    pain_after INTEGER
)
"""
_VERSION = 1
"""Of the table above, kept in the file: a later version of it is left alone."""

_APPLICATION_ID = 0x766F6963
"""Kept in the file, as SQLite has it: "voic" says whose it is. The first files of version 1 lack it."""

_WAIT_S = 1.0
"""For another process that is just writing; nobody writes for longer than a disk takes to obey."""

_MAGIC = b"SQLite format 3\0"
_HEAD_BYTES, _ID_AT = 100, slice(68, 72)  # https://www.sqlite.org/fileformat.html, 1.3
_ANEW = "move it away, or `voicecoach history --delete` it, and a new one is made"
_YOURS = "make it yours, or name another file by VOICECOACH_HISTORY"
_ELSEWHERE = "move it away, or name another file by VOICECOACH_HISTORY"
_SAID = {
    "FULL": ("the disk is full", "free some space"),
    "NOTADB": ("this is no history of voicecoach", _ELSEWHERE),
    "CORRUPT": ("the history is damaged", _ANEW),
    "READONLY": ("the history cannot be written", _YOURS),
    "CANTOPEN": ("the history cannot be opened", _YOURS),
    "PERM": ("the history cannot be opened", _YOURS),
    "BUSY": ("another program holds the history", "close that program"),
    "LOCKED": ("another program holds the history", "close that program"),
    "IOERR": (
        "the disk failed to read or write the history",
        "try again, or name another file by VOICECOACH_HISTORY",
    ),
}
"""What an error of SQLite means, and what to do; any other one is a file that is not as it was made."""

_DEEPEST = 8
"""Of what a session was started with: it is kept five levels deep."""

_YEARS = range(2000, 3000)
"""Of a session's start: every system's calendar can tell it by the person's clock."""

_MOST = 2**31
"""No number of a session reaches it: in milliseconds these are 24 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session. `source` and `flags` are what it was started with; `reached` is the exercise it came to.

    `done` counts the exercises done to their end, `done_ms` the time played; pain goes from 0 to 10.
    """

    id: int
    started: str
    title: str
    source: str
    flags: dict[str, Any]
    exercises: int
    state: str
    reached: int
    done: int
    done_ms: int
    pain_before: int | None
    pain_after: int | None


class History:
    """The file at `path`; it is made by the first session. Every method raises FileError where it fails."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, title: str, source: str, flags: dict[str, Any], exercises: int, reached: int = 1) -> int:
        """Remember a session that starts now, at the exercise `reached`, and return its number.

        One that was killed counts as stopped from here on.
        """
        started = datetime.now(UTC).isoformat(timespec="seconds")
        row = (started, title, source, json.dumps(flags), exercises, reached)
        with self._open() as db:
            db.execute("UPDATE session SET state = ? WHERE state = ?", (STOPPED, PLAYING))
            names = "started, title, source, flags, exercises, reached"
            added = db.execute(f"INSERT INTO session ({names}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608
            return int(added.lastrowid or 0)

    def reached(self, number: int, *, reached: int, done: int, done_ms: int) -> None:
        """Remember how far a session has come."""
        self._change(number, reached=reached, done=done, done_ms=done_ms)

    def end(self, number: int, state: str) -> None:
        """Remember how a session ended."""
        self._change(number, state=state)

    def pain(self, number: int, *, before: int | None = None, after: int | None = None) -> None:
        """Remember what was answered about pain."""
        answers = {"pain_before": before, "pain_after": after}
        self._change(number, **{name: value for name, value in answers.items() if value is not None})

    def records(self) -> tuple[SessionRecord, ...]:
        """Return all sessions, the oldest first."""
        if not self._is_there():
            return ()
        with self._open() as db:
            rows = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM session ORDER BY id").fetchall()  # noqa: S608
        try:
            return tuple(_record(dict(row)) for row in rows)
        except (TypeError, ValueError, RecursionError):
            raise FileError(self.path, *_SAID["CORRUPT"]) from None

    def unfinished(self, source: str = "") -> SessionRecord | None:
        """Return the last session, or the last of a source, if it was not played to its end."""
        matching = [entry for entry in self.records() if source in {"", entry.source}]
        return matching[-1] if matching and matching[-1].state != FINISHED else None

    def delete(self) -> bool:
        """Delete the file, however damaged; return whether there was one."""
        was_there = self._is_there()
        if was_there and not self._is_marked():
            with self._open():
                pass  # raises FileError where it is not ours to delete
        # The journal goes first: left alone, it would be taken for that of the next file.
        for suffix in ("-journal", "-wal", "-shm", ""):
            try:
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            except OSError as error:
                raise FileError(self.path, f"the history cannot be deleted ({error.strerror})") from None
        return was_there

    def _change(self, number: int, **values: object) -> None:
        """Change the row of a session; one that was deleted meanwhile stays deleted."""
        if values and self._is_there():
            columns = ", ".join(f"{name} = ?" for name in values)
            with self._open() as db:
                db.execute(f"UPDATE session SET {columns} WHERE id = ?", (*values.values(), number))  # noqa: S608

    def _is_there(self) -> bool:
        """Whether there is a file; raises FileError for anything else, as opening a pipe would never end."""
        try:
            mode = self.path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise FileError(self.path, f"the history cannot be opened ({error.strerror})", _YOURS) from None
        if not stat.S_ISREG(mode):
            raise FileError(self.path, *_SAID["NOTADB"])
        return True

    def _is_marked(self) -> bool:
        """Whether the file is empty or marked as ours; raises FileError where another program made it."""
        try:
            with self.path.open("rb") as file:
                head = file.read(_HEAD_BYTES)
        except OSError as error:
            raise FileError(self.path, f"the history cannot be opened ({error.strerror})", _YOURS) from None
        mark = int.from_bytes(head[_ID_AT])
        if head and (not head.startswith(_MAGIC) or mark not in {0, _APPLICATION_ID}):
            raise FileError(self.path, *_SAID["NOTADB"])
        return not head or mark == _APPLICATION_ID

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one change, which is there wholly or not at all."""
        try:
            if not self._is_there():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(0o600)  # how much it hurts is nobody else's business
            marked = self._is_marked()
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as db, db:
                db.row_factory = sqlite3.Row
                self._settle(db, marked=marked)
                yield db
        except sqlite3.Error as error:
            kind = getattr(error, "sqlite_errorname", "").split("_")[1:2]
            raise FileError(self.path, *_SAID.get("".join(kind), _SAID["CORRUPT"])) from None
        except OSError as error:
            raise FileError(self.path, f"the history cannot be used ({error.strerror})", _YOURS) from None

    def _settle(self, db: sqlite3.Connection, *, marked: bool) -> None:
        """Make the table in a new file; raises FileError for one of another program or of a later version."""
        (version,) = db.execute("PRAGMA user_version").fetchone()
        tables = [row["name"] for row in db.execute("SELECT name FROM sqlite_master")]
        if not marked and tables:
            columns = {row["name"] for row in db.execute("PRAGMA table_info(session)")}
            if tables != ["session"] or columns != set(_COLUMNS):
                raise FileError(self.path, *_SAID["NOTADB"])
        if version > _VERSION:
            what = "the history was kept by a later version of voicecoach"
            raise FileError(
                self.path, what, "install that version, or name another file by VOICECOACH_HISTORY"
            )
        if version < _VERSION:
            db.execute(_SCHEMA)
            db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {_VERSION}")


_COLUMNS = tuple(each.name for each in fields(SessionRecord))


def _record(row: dict[str, Any]) -> SessionRecord:
    """Return the session of a row; raises TypeError or ValueError, among others, where it is odd."""
    entry = SessionRecord(**{**row, "flags": json.loads(row["flags"])})
    texts = (entry.started, entry.title, entry.source, entry.state, row["flags"])
    counts = (entry.id, entry.exercises, entry.reached, entry.done, entry.done_ms)
    pains = [each for each in (entry.pain_before, entry.pain_after) if each is not None]
    if not all(isinstance(each, str) for each in texts) or entry.state not in STATES:
        raise TypeError
    if not all(isinstance(each, int) and 0 <= each < _MOST for each in (*counts, *pains)):
        raise TypeError
    if not isinstance(entry.flags, dict) or not _is_shallow(entry.flags):
        raise TypeError
    if datetime.fromisoformat(entry.started).year not in _YEARS:
        raise TypeError
    return entry


def _is_shallow(value: object, levels: int = _DEEPEST) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inner)
