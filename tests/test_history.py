"""The history keeps every session, whole, through kills and from any process."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import FileError
from voicecoach.history import FINISHED, PLAYING, STOPPED, History, record, store
from voicecoach.history.record import COLUMNS, STATES


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "data" / "history.sqlite3")


def test_a_session_is_kept_from_its_start_to_its_end(history: History) -> None:
    number = history.begin("Morning", "morning-routine", {"voice": ""}, 5)
    history.change(number, pain_before=6)
    history.change(number, reached=3, done=2, done_ms=61_000)
    history.change(number, state=FINISHED)
    history.change(number, pain_after=0)
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
    history.change(first, state=STOPPED)
    second = history.begin("Two", "two", {}, 3)
    history.change(second, state=FINISHED)
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
    "pain_before": ("much", -3, 11),
}


@pytest.mark.parametrize(("column", "value"), [(name, value) for name, row in ODD.items() for value in row])
def test_a_row_that_was_not_made_here_costs_that_row_alone(history: History, column: str, value: object) -> None:
    for title in ("One", "Two", "Three"):
        history.begin(title, "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute(f"UPDATE session SET {column} = ? WHERE id = 2", (value,))  # noqa: S608
    assert [each.title for each in history.records()] == ["One", "Three"]
    assert history.note == f"{history.path}: 1 session is damaged and left out"
    history.change(history.begin("Four", "one", {}, 1), state=FINISHED)
    assert [each.title for each in history.records()] == ["One", "Three", "Four"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-W01-1", "2019-12-30T00:00:00+00:00"),
        ("2020-05-01 12:00", "2020-05-01T12:00:00+00:00"),
        ("2020-05-01T12:00:00.5Z", "2020-05-01T12:00:00+00:00"),
        ("2020-05-01T12:00:00+02:00:00.000001", "2020-05-01T09:59:59+00:00"),
    ],
)
def test_every_moment_is_read_in_the_form_in_which_one_is_written(history: History, written: str, read: str) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute("UPDATE session SET started = ?", (written,))
    assert [each.started for each in history.records()] == [read]


def test_a_text_that_is_none_costs_its_row_alone(history: History) -> None:
    for title in ("One", "Two", "Three"):
        history.begin(title, "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute("UPDATE session SET title = CAST(x'ff' AS TEXT) WHERE id > 1")
    assert [each.title for each in history.records()] == ["One"]
    assert history.note.endswith(": 2 sessions are damaged and left out")


@pytest.mark.parametrize("number", [2**53 - 1, 2**53, 2**63 - 1, -5, 0])
def test_a_number_that_damage_has_put_there_is_not_gone_on_from(history: History, number: int) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute("UPDATE session SET id = ?", (number,))
    history.begin("Two", "two", {}, 1)
    history.begin("Three", "three", {}, 1)
    assert [each.title for each in history.records()][-2:] in (["Two", "Three"], ["Three", "One"])
    assert {"Two", "Three"} <= {each.title for each in history.records()}


CLOCKS = {
    "at the beginning": datetime(1970, 1, 1, tzinfo=UTC),
    "an empty battery": datetime(1970, 1, 1, 0, 0, 12, tzinfo=UTC),
    "before all time": datetime(1900, 1, 1, tzinfo=UTC),
    "far ahead": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
}


@pytest.mark.parametrize("now", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_that_is_wrong_costs_nothing(history: History, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return now

    history.begin("Before", "one", {}, 1)
    monkeypatch.setattr(record, "datetime", Clock)
    history.begin("Wrong", "one", {}, 1)
    monkeypatch.undo()
    history.begin("After", "one", {}, 1)
    assert [each.title for each in history.records()] == ["Before", "Wrong", "After"]
    assert history.note == ""
    assert history.records()[1].started[:4] == {1900: "1970", 9999: "2999"}.get(now.year, str(now.year))
    # West of Greenwich it may be the day before, which some calendars cannot tell.
    assert datetime.fromisoformat(history.records()[1].started).astimezone().year > 1968


TEXTS = st.text(st.characters(), max_size=20)  # surrogates and NUL too
NUMBERS = st.integers(-(2**70), 2**70)
FLAGS = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
)


@settings(deadline=None, max_examples=60)
@given(
    texts=st.tuples(TEXTS, TEXTS),
    flags=st.dictionaries(TEXTS, FLAGS, max_size=3),
    numbers=st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    pains=st.tuples(st.none() | NUMBERS, st.none() | NUMBERS),
    end=st.tuples(st.sampled_from(STATES), st.datetimes(timezones=st.just(UTC))),
)
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    texts: tuple[str, str],
    flags: dict[str, Any],
    numbers: tuple[int, ...],
    pains: tuple[int | None, int | None],
    end: tuple[str, datetime],
) -> None:
    history = History(tmp_path_factory.mktemp("data") / "h.sqlite3")
    (title, source), (exercises, start, reached, done, done_ms), (state, clock) = texts, numbers, end
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "datetime", type("Clock", (datetime,), {"now": staticmethod(lambda _: clock)}))
        number = history.begin(title, source, flags, exercises, start)
    history.change(number, reached=reached, done=done, done_ms=done_ms)
    history.change(number, pain_before=pains[0], pain_after=pains[1])
    history.change(number, state=state)
    (found,) = history.records()
    assert history.note == ""
    assert (found.id, found.title, found.source, found.state) == (number, title, source, state)
    assert found.done_ms == min(max(done_ms, 0), 2**31 - 1)
    assert [found.pain_before is None, found.pain_after is None] == [each is None for each in pains]
    if 0 <= (pains[1] or 0) <= 10:
        assert found.pain_after == pains[1]


def test_what_a_session_was_started_with_is_kept_as_it_was(history: History) -> None:
    flags = {"voice": "é\udcff\0", "pacing": {"overrides": [{"field": "hold", "value": 1.5}], "fit_ms": None}}
    history.begin("One", "/home/\udcff.yaml", flags, 1)
    (found,) = history.records()
    assert found.flags == flags
    stopped = history.unfinished("/home/\udcff.yaml")
    assert stopped is not None
    assert stopped.source == "/home/\udcff.yaml"


def test_a_state_that_there_is_not_is_no_state(history: History) -> None:
    number = history.begin("One", "one", {}, 1)
    with pytest.raises(ValueError, match="asleep"):
        history.change(number, state="asleep")
    assert history.records()[0].state == PLAYING


def _flipped(raw: bytes, chance: random.Random) -> bytes:
    """Return a file with some of its bytes damaged: one, many, or a whole page."""
    spoilt = bytearray(raw)
    kind = chance.randrange(3)
    if kind == 2:
        start = chance.randrange(0, len(raw), 4096)
        spoilt[start : start + 4096] = chance.randbytes(len(spoilt[start : start + 4096]))
        return bytes(spoilt)
    # Half of the time where the schema and the pages are described.
    reach = chance.choice([200, 1000, 4096, len(raw)])
    for _ in range(1 if kind == 0 else chance.randrange(2, 60)):
        spoilt[chance.randrange(reach)] = chance.randrange(256)
    return bytes(spoilt)


@pytest.mark.parametrize("seed", range(8))
def test_damage_at_any_byte_is_a_sentence_or_costs_rows(history: History, seed: int) -> None:
    for number in range(60):
        history.change(history.begin(f"Session {number}", "one", {"voice": "x" * 100}, 9), state=FINISHED)
    whole, chance = history.path.read_bytes(), random.Random(seed)  # noqa: S311 - damage that comes again
    acts: tuple[Callable[[], object], ...] = (
        history.records,
        history.unfinished,
        lambda: history.begin("New", "new", {}, 3),
        lambda: history.change(61, reached=2, done=1, done_ms=1000),
        lambda: history.change(61, pain_after=3),
        lambda: history.change(61, state=FINISHED),
        history.delete,
    )
    for _ in range(40):
        history.path.write_bytes(_flipped(whole, chance))
        for act in acts:
            with suppress(FileError):
                act()
        for each in history.path.parent.iterdir():
            each.unlink()


def test_a_damaged_name_in_the_schema_is_told_as_damage(history: History) -> None:
    history.begin("One", "one", {}, 1)
    raw = history.path.read_bytes()
    for old, new in ((b"exercises INTEGER", b"\xff\xfe\xfdrcises INTEGER"), (b"CREATE TABLE", b"CREATE \xff\xffBLE")):
        assert old in raw
        history.path.write_bytes(raw.replace(old, new))
        for act in (history.records, lambda: history.begin("Two", "two", {}, 1)):
            with pytest.raises(FileError, match="the history is damaged"):
                act()


def test_a_damaged_page_costs_the_sessions_on_it(history: History) -> None:
    for number in range(200):
        history.begin(f"Session {number}", "one", {"voice": "x" * 200}, 1)
    whole = history.path.read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    history.path.write_bytes(whole[:middle] + bytes(range(256)) * 16 + whole[middle + 4096 :])
    titles = [each.title for each in history.records()]
    assert titles[0] == "Session 0"
    assert titles[-1] == "Session 199"
    assert 100 < len(titles) < 200
    assert history.note.endswith("the history is damaged, and some of its sessions may be missing")


@pytest.mark.parametrize("statement", ["ALTER TABLE session RENAME COLUMN reached TO reach", "DROP TABLE session"])
def test_no_words_of_the_database_reach_the_person(history: History, statement: str) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute(statement)
    with pytest.raises(FileError, match="the history is damaged; move it away, or `voicecoach history"):
        history.records()
    assert history.delete() is True


ENDLESS = "WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)"
HOSTILE = {
    "a view without an end": (
        "DROP TABLE session",
        f"CREATE VIEW session({', '.join(COLUMNS)}) AS {ENDLESS} SELECT n{', 1' * 11} FROM endless",  # noqa: S608
    ),
    "a trigger": ("CREATE TRIGGER then_count AFTER INSERT ON session BEGIN UPDATE session SET done = done + 1; END",),
    "a column more": ("ALTER TABLE session ADD COLUMN more INTEGER",),
}


@pytest.mark.parametrize("statements", HOSTILE.values(), ids=HOSTILE)
def test_a_marked_file_that_does_more_than_keep_sessions_is_told_as_damage(
    history: History, statements: tuple[str, ...]
) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        for statement in statements:
            db.execute(statement)
    for act in (history.records, history.unfinished, lambda: history.begin("Two", "two", {}, 1)):
        with pytest.raises(FileError, match="the history is damaged"):
            act()
    assert history.delete() is True


def test_work_without_an_end_is_given_up_and_told_as_damage(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.begin("One", "one", {}, 1)
    monkeypatch.setattr(store, "_WORK_S", 0.2)
    with pytest.raises(FileError, match="the history is damaged"), history._open() as db:
        db.execute(f"{ENDLESS} SELECT max(n) FROM endless").fetchone()  # noqa: S608
    assert [each.title for each in history.records()] == ["One"]


def test_a_damaged_file_is_told_and_can_be_deleted(history: History) -> None:
    for number in range(200):
        history.begin(f"Session {number}", "one", {"voice": "x" * 200}, 1)
    whole = history.path.read_bytes()
    history.path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(FileError, match="damaged"):
        history.records()
    assert history.delete() is True
    assert history.records() == ()


def test_a_damaged_file_that_is_not_marked_is_left_alone_and_the_advice_is_another(history: History) -> None:
    history.begin("One", "one", {}, 1)
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute("PRAGMA application_id = 0")
    whole = history.path.read_bytes()
    damaged = whole[:100] + b"\xff" * 100 + whole[200:]
    history.path.write_bytes(damaged)
    for act in (history.delete, history.records, lambda: history.begin("Two", "two", {}, 1)):
        with pytest.raises(FileError, match="the history is damaged; move it away, or name another file by"):
            act()
    assert history.path.read_bytes() == damaged


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
    history.change(number, reached=1, done=1, done_ms=1)
    history.change(number, state=FINISHED)
    assert not history.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX permissions")
def test_nobody_else_may_read_it(history: History) -> None:
    history.begin("One", "one", {}, 1)
    assert history.path.stat().st_mode & 0o077 == 0


def test_who_holds_the_file_is_waited_for_a_moment_and_then_told(history: History) -> None:
    history.begin("One", "one", {}, 1)
    with sqlite3.connect(history.path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileError, match="another program holds the history"):
            history.begin("Two", "two", {}, 1)
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
    history.change(number, reached=n, done=n, done_ms=n)
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
