"""The file of the history: every change is there wholly or not at all, and damage costs what it hit alone."""

import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from voicecoach.errors import FileError, plain
from voicecoach.history.record import (
    COLUMNS,
    FINISHED,
    MOST_ID,
    PLAYING,
    STOPPED,
    SessionRecord,
    compose_values,
    decode_column,
    parse_record,
    start_now,
)

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
# Of the table above, kept in the file: a later version of it is left alone.
_VERSION = 1

# Kept in the file, as SQLite has it: "voic" says whose it is. The first files of version 1 lack it.
_APPLICATION_ID = 0x766F6963

# For another process that is just writing; nobody writes for longer than a disk takes to obey.
_WAIT_S = 1.0

# Of the processor's time: a history of a lifetime takes none worth naming, and SQLite hears no Ctrl-C.
_WORK_S = 3.0
_STEPS = 10_000

_MAGIC = b"SQLite format 3\0"
_HEAD_BYTES, _ID_AT = 100, slice(68, 72)  # https://www.sqlite.org/fileformat.html, 1.3
_ANEW = "move it away, or `voicecoach history --delete` it, and a new one is made"
_YOURS = "make it yours, or name another file by VOICECOACH_HISTORY"
_ELSEWHERE = "move it away, or name another file by VOICECOACH_HISTORY"
# What an error of SQLite means, and what to do; any other one is damage: a file that is not as it was made.
_SAID = {
    "FULL": ("the disk is full", "free some space"),
    "NOTADB": ("this is no history of voicecoach", _ELSEWHERE),
    "READONLY": ("the history cannot be written", _YOURS),
    "CANTOPEN": ("the history cannot be opened", _YOURS),
    "PERM": ("the history cannot be opened", _YOURS),
    "BUSY": ("another program holds the history", "close that program"),
    "LOCKED": ("another program holds the history", "close that program"),
    "IOERR": ("the disk failed to read or write the history", "try again, or name another file by VOICECOACH_HISTORY"),
}

# By whether the file is marked: one that is not might be another program's, and `--delete` leaves it alone.
_DAMAGED = {True: ("the history is damaged", _ANEW), False: ("the history is damaged", _ELSEWHERE)}

# What sqlite3 raises where a file is damaged: its messages may hold bytes of it.
_BROKEN = (sqlite3.Error, ValueError, TypeError, OverflowError, LookupError, MemoryError, SystemError)


class History:
    """The file at `path`; it is made by the first session. Every method raises FileError where it fails.

    `note` is empty, or a sentence on what the last reading left out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.note = ""

    def begin(self, title: str, source: str, flags: dict[str, Any], exercises: int, reached: int = 1) -> int:
        """Remember a session that starts now, at the exercise `reached`, and return its number.

        One that was killed counts as stopped from here on.
        """
        told = {"title": title, "source": source, "flags": flags, "exercises": exercises, "reached": reached}
        values = compose_values(started=start_now(), **told)
        with self._open() as db:
            db.execute("UPDATE session SET state = ? WHERE state = ?", (STOPPED, PLAYING))
            # SQLite would go on from any number that damage has put there.
            query = f"SELECT coalesce(max(id), 0) + 1 FROM session WHERE id BETWEEN 0 AND {MOST_ID - 2}"  # noqa: S608
            (number,) = db.execute(query).fetchone()
            values["id"] = int(number)
            places = ", ".join(map(_place, values.values()))
            query = f"INSERT INTO session ({', '.join(values)}) VALUES ({places})"  # noqa: S608
            db.execute(query, tuple(values.values()))
            return int(number)

    def change(self, number: int, **values: object) -> None:
        """Change what is known of a session, by the names of `SessionRecord`; None is nothing new.

        One that was deleted meanwhile stays deleted.
        """
        written = compose_values(**{name: value for name, value in values.items() if value is not None})
        if written and self._is_there():
            columns = ", ".join(f"{name} = {_place(value)}" for name, value in written.items())
            with self._open() as db:
                db.execute(f"UPDATE session SET {columns} WHERE id = ?", (*written.values(), number))  # noqa: S608

    def records(self) -> tuple[SessionRecord, ...]:
        """Return all sessions, the oldest first; `note` then tells of those that damage has cost."""
        self.note = ""
        if not self._is_there():
            return ()
        with self._open() as db:
            rows = self._rows(db)
        found = tuple(filter(None, map(parse_record, rows)))
        lost = len(rows) - len(found)
        if lost and not self.note:
            self._note(f"{'1 session is' if lost == 1 else f'{lost} sessions are'} damaged and left out")
        return found

    def _rows(self, db: sqlite3.Connection) -> list[dict[str, Any]]:
        """Return all rows that can be read, from either end of a file that is damaged between them."""
        query = f"SELECT {', '.join(COLUMNS)} FROM session ORDER BY id"  # noqa: S608
        rows: dict[int, dict[str, Any]] = {}
        for order in ("", " DESC"):
            try:
                for row in db.execute(query + order):
                    rows[row["id"]] = dict(row)
                break
            except sqlite3.DatabaseError:
                self._note("the history is damaged, and some of its sessions may be missing")
                if order and not rows:
                    raise
        return [rows[number] for number in sorted(rows)]

    def _note(self, what: str) -> None:
        self.note = f"{plain(str(self.path))}: {what}"

    def unfinished(self, source: str = "") -> SessionRecord | None:
        """Return the last session, or the last of a source, if it was not played to its end."""
        last = next((entry for entry in reversed(self.records()) if source in {"", entry.source}), None)
        return last if last and last.state != FINISHED else None

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
        marked = False
        try:
            if not self._is_there():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(0o600)  # how much it hurts is nobody else's business
            marked = self._is_marked()
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as db, db:
                db.row_factory = sqlite3.Row
                db.text_factory = decode_column
                until = time.thread_time() + _WORK_S
                db.set_progress_handler(lambda: time.thread_time() > until, _STEPS)
                self._settle(db, marked=marked)
                yield db
        except _BROKEN as error:
            kind = "".join(getattr(error, "sqlite_errorname", "").split("_")[1:2])
            raise FileError(self.path, *_SAID.get(kind, _DAMAGED[marked])) from None
        except OSError as error:
            raise FileError(self.path, f"the history cannot be used ({error.strerror})", _YOURS) from None

    def _settle(self, db: sqlite3.Connection, *, marked: bool) -> None:
        """Make the table in a new file; raises FileError for one of another make or of a later version."""
        (version,) = db.execute("PRAGMA user_version").fetchone()
        schema = [tuple(row) for row in db.execute("SELECT type, name FROM sqlite_master")]
        columns = {row["name"] for row in db.execute("PRAGMA table_info(session)")}
        # A view or a trigger might do anything, without an end.
        is_ours = not schema or (schema == [("table", "session")] and columns == set(COLUMNS))
        if not is_ours and (not marked or version <= _VERSION):
            raise FileError(self.path, *(_DAMAGED[True] if marked else _SAID["NOTADB"]))
        if version > _VERSION:
            what = "the history was kept by a later version of voicecoach"
            raise FileError(self.path, what, "install that version, or name another file by VOICECOACH_HISTORY")
        if version < _VERSION:
            db.execute(_SCHEMA)
            db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {_VERSION}")


def _place(value: object) -> str:
    """Return what stands for a value in a statement; texts come as bytes, as not all of them are Unicode."""
    return "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
