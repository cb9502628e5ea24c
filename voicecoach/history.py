"""What was exercised: one small SQLite file of this machine's user, which survives a kill at any moment."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
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
_WAIT_S = 5.0


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

    def begin(self, title: str, source: str, flags: dict[str, Any], exercises: int) -> int:
        """Remember a session that starts now and return its number; one that was killed counts as stopped."""
        started = datetime.now(UTC).isoformat(timespec="seconds")
        row = (started, title, source, json.dumps(flags), exercises)
        with self._open() as db:
            db.execute("UPDATE session SET state = ? WHERE state = ?", (STOPPED, PLAYING))
            added = db.execute(
                "INSERT INTO session (started, title, source, flags, exercises) VALUES (?, ?, ?, ?, ?)", row
            )
            return int(added.lastrowid or 0)

    def reached(self, number: int, *, reached: int, done: int, done_ms: int) -> None:
        """Remember how far a session has come."""
        with self._open() as db:
            sql = "UPDATE session SET reached = ?, done = ?, done_ms = ? WHERE id = ?"
            db.execute(sql, (reached, done, done_ms, number))

    def end(self, number: int, state: str) -> None:
        """Remember how a session ended."""
        with self._open() as db:
            db.execute("UPDATE session SET state = ? WHERE id = ?", (state, number))

    def pain(self, number: int, *, before: int | None = None, after: int | None = None) -> None:
        """Remember what was answered about pain."""
        with self._open() as db:
            if before is not None:
                db.execute("UPDATE session SET pain_before = ? WHERE id = ?", (before, number))
            if after is not None:
                db.execute("UPDATE session SET pain_after = ? WHERE id = ?", (after, number))

    def entries(self) -> tuple[Entry, ...]:
        """Return all sessions, the oldest first."""
        if not self.path.exists():
            return ()
        with self._open() as db:
            rows = db.execute("SELECT * FROM session ORDER BY id").fetchall()
        return tuple(Entry(**{**row, "flags": json.loads(row["flags"])}) for row in map(dict, rows))

    def unfinished(self, source: str = "") -> Entry | None:
        """Return the last session, or the last of a source, if it was not played to its end."""
        matching = [entry for entry in self.entries() if source in {"", entry.source}]
        return matching[-1] if matching and matching[-1].state != FINISHED else None

    def delete(self) -> bool:
        """Delete the file; return whether there was one."""
        was_there = self.path.exists()
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + suffix).unlink()
        return was_there

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one change, which is there wholly or not at all."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as db, db:
                db.row_factory = sqlite3.Row
                db.execute(_SCHEMA)
                yield db
        except sqlite3.DatabaseError as error:
            hint = "move it away, and a new one is made" if "not a database" in str(error) else ""
            raise FileError(self.path, f"the history cannot be used ({error})", hint) from None
        except OSError as error:
            raise FileError(self.path, f"the history cannot be used ({error.strerror})") from None
