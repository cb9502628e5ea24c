"""What was exercised: one small SQLite file of this machine's user, which survives a kill at any moment."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
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

_WAIT_S = 1.0
"""For another process that is just writing; nobody writes for longer than a disk takes to obey."""

_MAGIC = b"SQLite format 3\0"
_ANEW = "move it away, or `voicecoach history --delete` it, and a new one is made"
_YOURS = "make it yours, or name another file by VOICECOACH_HISTORY"
_SAID = {
    "FULL": ("the disk is full", "free some space"),
    "NOTADB": ("this is no history", "move it away, and a new one is made"),
    "CORRUPT": ("the history is damaged", _ANEW),
    "READONLY": ("the history cannot be written", _YOURS),
    "CANTOPEN": ("the history cannot be opened", _YOURS),
    "PERM": ("the history cannot be opened", _YOURS),
    "BUSY": ("another program holds the history", "close that program"),
}
"""What an error of SQLite means, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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

    def entries(self) -> tuple[Entry, ...]:
        """Return all sessions, the oldest first."""
        if not self._is_there():
            return ()
        with self._open() as db:
            rows = db.execute("SELECT * FROM session ORDER BY id").fetchall()
        try:
            return tuple(Entry(**{**row, "flags": json.loads(row["flags"])}) for row in map(dict, rows))
        except (TypeError, ValueError):
            raise FileError(self.path, *_SAID["CORRUPT"]) from None

    def unfinished(self, source: str = "") -> Entry | None:
        """Return the last session, or the last of a source, if it was not played to its end."""
        matching = [entry for entry in self.entries() if source in {"", entry.source}]
        return matching[-1] if matching and matching[-1].state != FINISHED else None

    def delete(self) -> bool:
        """Delete the file; return whether there was one."""
        was_there = self._is_there()
        if was_there and not self._is_ours():
            raise FileError(self.path, *_SAID["NOTADB"])
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
        try:
            return self.path.exists()
        except OSError as error:
            raise FileError(self.path, f"the history cannot be opened ({error.strerror})", _YOURS) from None

    def _is_ours(self) -> bool:
        """Whether the file is one of SQLite's, however damaged, or empty: any other is not ours to delete."""
        try:
            with self.path.open("rb") as file:
                return file.read(len(_MAGIC)) in {_MAGIC, b""}
        except OSError as error:
            raise FileError(self.path, f"the history cannot be opened ({error.strerror})", _YOURS) from None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one change, which is there wholly or not at all."""
        try:
            if not self.path.exists():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(0o600)  # how much it hurts is nobody else's business
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as db, db:
                db.row_factory = sqlite3.Row
                self._settle(db)
                yield db
        except sqlite3.Error as error:
            kind = getattr(error, "sqlite_errorname", "").split("_")[1:2]
            said = _SAID.get("".join(kind)) or (f"the history cannot be used ({error})", "")
            raise FileError(self.path, *said) from None
        except OSError as error:
            raise FileError(self.path, f"the history cannot be used ({error.strerror})", _YOURS) from None

    def _settle(self, db: sqlite3.Connection) -> None:
        """Make the table in a new file; raises FileError for a file of a later version."""
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            what = "the history was kept by a later version of voicecoach"
            raise FileError(
                self.path, what, "install that version, or name another file by VOICECOACH_HISTORY"
            )
        if version < _VERSION:
            db.execute(_SCHEMA)
            db.execute(f"PRAGMA user_version = {_VERSION}")
