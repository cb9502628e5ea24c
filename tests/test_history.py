"""The history keeps every session, whole, through kills and from any process."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.errors import FileError
from voicecoach.history import FINISHED, PLAYING, STOPPED, History


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "data" / "history.sqlite3")


def test_a_session_is_kept_from_its_start_to_its_end(history: History) -> None:
    number = history.begin("Morning", "morning-routine", {"voice": ""}, 5)
    history.pain(number, before=6)
    history.reached(number, reached=3, done=2, done_ms=61_000)
    history.end(number, FINISHED)
    history.pain(number, after=0)
    (entry,) = history.records()
    assert (entry.title, entry.source, entry.exercises) == ("Morning", "morning-routine", 5)
    assert (entry.reached, entry.done, entry.done_ms, entry.state) == (3, 2, 61_000, FINISHED)
    assert (entry.pain_before, entry.pain_after) == (6, 0)
    assert history.unfinished() is None


def test_a_session_that_was_killed_counts_as_stopped_once_another_starts(history: History) -> None:
    history.begin("One", "one", {}, 1)
    assert history.records()[0].state == PLAYING
    history.begin("Two", "two", {}, 1)
    assert [entry.state for entry in history.records()] == [STOPPED, PLAYING]


def test_the_last_session_of_a_source_is_the_one_to_go_on_with(history: History) -> None:
    first = history.begin("One", "one", {}, 3)
    history.end(first, STOPPED)
    second = history.begin("Two", "two", {}, 3)
    history.end(second, FINISHED)
    found = history.unfinished("one")
    assert found is not None
    assert found.id == first
    assert history.unfinished() is None


def test_no_file_is_made_by_looking(history: History) -> None:
    assert history.records() == ()
    assert not history.path.exists()
    assert history.delete() is False


def test_deleting_leaves_nothing(history: History) -> None:
    history.begin("One", "one", {}, 1)
    assert history.delete() is True
    assert list(history.path.parent.iterdir()) == []


def test_a_file_that_is_no_history_is_told_and_left_as_it_was(history: History) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(b"something else entirely, and long enough to be read" * 20)
    with pytest.raises(FileError, match="this is no history"):
        history.begin("One", "one", {}, 1)
    with pytest.raises(FileError, match="this is no history"):
        history.delete()
    assert history.path.read_bytes().startswith(b"something else")


FOREIGN = {
    "a table of another name": ("CREATE TABLE bookmarks (id, url)", "INSERT INTO bookmarks VALUES (1, 'x')"),
    "a table of the same name": ("CREATE TABLE session (id INTEGER PRIMARY KEY, token TEXT)",),
    "a later one": ("CREATE TABLE moz_places (id)", "PRAGMA user_version = 77"),
    "no table, but marked": ("PRAGMA application_id = 252006674",),
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_a_database_of_another_program_is_neither_changed_nor_deleted(
    history: History, statements: tuple[str, ...]
) -> None:
    history.path.parent.mkdir()
    with closing(sqlite3.connect(history.path)) as db, db:
        for statement in statements:
            db.execute(statement)
    before = history.path.read_bytes()
    acts = (history.delete, history.records, history.unfinished, lambda: history.begin("One", "one", {}, 1))
    for act in acts:
        with pytest.raises(FileError, match="this is no history"):
            act()
    assert history.path.read_bytes() == before


def test_a_history_that_is_not_marked_yet_is_kept_and_can_be_deleted(history: History) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute("PRAGMA application_id = 0")
    history.begin("Two", "two", {}, 1)
    assert [entry.title for entry in history.records()] == ["One", "Two"]
    assert history.delete() is True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_refused_and_not_waited_for(history: History) -> None:
    history.path.parent.mkdir()
    os.mkfifo(history.path)
    for act in (history.delete, history.records, lambda: history.begin("One", "one", {}, 1)):
        with pytest.raises(FileError, match="this is no history"):
            act()


ODD = {
    "started": ("yesterday", "", 5, b"2026", "0001-01-01T00:00:00+00:00"),
    "title": (b"\xff\xfe",),
    "source": (b"x",),
    "flags": ("[]", "{", "1" * 5000, "[" * 100_000, '{"a":' + "[" * 500 + "]" * 500 + "}", b"{}"),
    "state": ("paused", 1),
    "reached": ("third", -1, 1.5, b"1"),
    "done_ms": ("long", 2**62),
    "pain_before": ("much", -3),
}


@pytest.mark.parametrize(("column", "value"), [(name, value) for name, row in ODD.items() for value in row])
def test_a_row_that_was_not_made_here_is_told_as_damage(history: History, column: str, value: object) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute(f"UPDATE session SET {column} = ?", (value,))  # noqa: S608
    with pytest.raises(FileError, match="the history is damaged; move it away"):
        history.records()


@pytest.mark.parametrize("statement", [
    "ALTER TABLE session RENAME COLUMN reached TO reach",
    "DROP TABLE session",
    "UPDATE session SET title = CAST(x'ff' AS TEXT)",
])  # fmt: skip
def test_no_words_of_the_database_reach_the_person(history: History, statement: str) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute(statement)
    with pytest.raises(FileError, match="the history is damaged; move it away, or `voicecoach history"):
        history.records()
    assert history.delete() is True


def test_a_damaged_file_is_told_and_can_be_deleted(history: History) -> None:
    for number in range(200):
        history.begin(f"Session {number}", "one", {"voice": "x" * 200}, 1)
    whole = history.path.read_bytes()
    history.path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(FileError, match="damaged"):
        history.records()
    assert history.delete() is True
    assert history.records() == ()


def test_a_history_of_a_later_version_is_left_alone(history: History) -> None:
    history.begin("One", "one", {}, 1)
    with sqlite3.connect(history.path) as db:
        db.execute("PRAGMA user_version = 99")
    before = history.path.read_bytes()
    with pytest.raises(FileError, match="later version"):
        history.begin("Two", "two", {}, 1)
    assert history.path.read_bytes() == before


def test_a_session_that_was_deleted_while_it_played_stays_deleted(history: History) -> None:
    number = history.begin("One", "one", {}, 1)
    history.delete()
    history.reached(number, reached=1, done=1, done_ms=1)
    history.end(number, FINISHED)
    assert not history.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX permissions")
def test_nobody_else_may_read_it(history: History) -> None:
    history.begin("One", "one", {}, 1)
    assert history.path.stat().st_mode & 0o077 == 0


def test_who_holds_the_file_is_waited_for_a_moment_and_then_told(history: History) -> None:
    history.begin("One", "one", {}, 1)
    with sqlite3.connect(history.path) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(FileError, match="another program holds the history"):
            history.begin("Two", "two", {}, 1)
        assert time.monotonic() - began < 3
    assert len(history.records()) == 1


WRITER = """
import sys
from pathlib import Path
from voicecoach.history import History
history = History(Path(sys.argv[1]))
number = history.begin("Killed", "killed", {}, 9)
print("begun", flush=True)
n = 0
while True:
    n += 1
    history.reached(number, reached=n, done=n, done_ms=n)
"""


@pytest.mark.parametrize("after_s", [0.01, 0.05, 0.2])
def test_a_kill_at_any_moment_leaves_it_whole(history: History, after_s: float) -> None:
    command = [sys.executable, "-c", WRITER, str(history.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ)) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(after_s)
        writer.send_signal(signal.SIGKILL)
    (entry,) = history.records()
    assert entry.reached - entry.done in {0, 1}  # the row of begin() has reached 1, and nothing done
    assert entry.done == entry.done_ms
    with sqlite3.connect(history.path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
