"""`voicecoach history`, and the questions about pain: in a real terminal, and where nothing can be kept."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.bounds import HANG_S
from tests.cli.conftest import Cli
from tests.cli.running import SHORT, run, sentence, started
from tests.cli.test_stopping import wait_for_line
from voicecoach.history import FINISHED, History

if sys.platform == "win32":
    pytest.skip("only on systems with pseudo-terminals", allow_module_level=True)

from tests.cli.test_display import Terminal, playing
from tests.remote.pty_terminal import in_terminal


@pytest.fixture
def history(home: Path) -> History:
    """Return the history of the test's own user."""
    return History(home / "data" / "voicecoach" / "history.sqlite3")


def kept(history: History, *, before: int | None = 6, after: int | None = 3) -> int:
    number = history.begin("Morning", "first-day", {"voice": ""}, 5)
    history.change(number, reached=5, done=5, done_ms=600_000)
    history.change(number, state=FINISHED)
    history.change(number, pain_before=before, pain_after=after)
    return number


@contextmanager
def asked(folder: Path, clips: Path) -> Iterator[Terminal]:
    """Play a short session that asks for pain, in a terminal."""
    with playing(folder, clips, 80, "--ask-pain", "--plain") as terminal:
        terminal.until(r"Pain before the session, from 0 to 10\? \(Enter skips\)")
        yield terminal


def test_the_table_tells_the_day_the_program_how_far_and_the_pain(cli: Cli, history: History) -> None:
    kept(history)
    kept(history, before=None, after=None)
    done = cli("history")
    heading, first, second = done.stdout.splitlines()
    assert heading.split() == ["Started", "Program", "Played", "Exercises", "Ended", "Pain"]
    assert first.split()[2:] == ["Morning", "10:00.0", "5", "of", "5", "finished", "6", "to", "3"]
    assert second.split()[2:] == ["Morning", "10:00.0", "5", "of", "5", "finished"]


@pytest.mark.parametrize(("zone", "shown"), [("UTC", "2026-03-01 23:30"), ("Asia/Tokyo", "2026-03-02 08:30")])
def test_the_time_is_that_of_the_clock_on_the_wall(cli: Cli, history: History, zone: str, shown: str) -> None:
    kept(history)
    with sqlite3.connect(history.path) as db:
        db.execute("UPDATE session SET started = '2026-03-01T23:30:00+00:00'")
    assert shown in cli("history", env={"TZ": zone}).stdout
    assert json.loads(cli("history", "--json").stdout)["sessions"][0]["started"].endswith("23:30:00+00:00")


def test_json_is_one_object_even_where_nothing_was_played(cli: Cli, history: History) -> None:
    assert json.loads(cli("history", "--json").stdout) == {"schema": 1, "sessions": []}
    kept(history)
    (session,) = json.loads(cli("history", "--json").stdout)["sessions"]
    assert (session["pain_before"], session["pain_after"], session["done_ms"]) == (6, 3, 600_000)


def test_nothing_played_is_a_sentence(cli: Cli, tmp_path: Path) -> None:
    assert sentence(cli("history")) == "No session was played yet."
    done = cli("history", "--plot", "a.svg")
    assert done.returncode == 1
    assert "there is nothing to draw yet" in sentence(done)
    assert list(tmp_path.iterdir()) == []


def test_the_picture_says_in_words_what_it_shows_and_is_the_same_each_time(
    cli: Cli, history: History, tmp_path: Path
) -> None:
    kept(history)
    kept(history, before=5, after=None)
    for name in ("a.svg", "b.svg", "a.png"):
        assert cli("history", "--plot", name).stdout == f"{name}\n"
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    words = " ".join("".join(each.itertext()) for each in ET.parse(tmp_path / "a.svg").iter())  # noqa: S314 - ours
    for said in ("before the session", "after it", "2 sessions on 1 day, 20 minutes", "3.0 lower on average"):
        assert said in words
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (1200, 720)


MISUSES = {
    "--plot a.gif": "end the name in .svg or .png",
    "--plot a": "the name has no extension",
    "--plot a.svg --json": "do different things",
    "--delete --json": "do different things",
}


@pytest.mark.parametrize("words", MISUSES)
def test_a_misuse_is_told_and_deletes_nothing(cli: Cli, history: History, words: str) -> None:
    kept(history)
    done = cli("history", *words.split())
    assert done.returncode == 2
    assert MISUSES[words] in sentence(done)
    assert len(history.records()) == 1


def test_delete_deletes_it_and_says_so(cli: Cli, history: History) -> None:
    kept(history)
    assert sentence(cli("history", "--delete", "--yes")) == f"{history.path} is deleted."
    assert not history.path.exists()
    assert sentence(cli("history", "--delete", "--yes")) == "There is no history."


@pytest.mark.parametrize(("answer", "left"), [("y\r", False), ("n\r", True), ("\r", True)])
def test_delete_asks_the_person_at_a_terminal(tmp_path: Path, history: History, answer: str, left: bool) -> None:
    kept(history)
    with in_terminal("-m", "voicecoach", "history", "--delete", cwd=tmp_path, env={"COLUMNS": "200"}) as terminal:
        terminal.shows("for good? (y/N)")
        terminal.press(answer)
        terminal.shows("Nothing is deleted." if left else "is deleted.")
        assert terminal.ends() == 0
    assert history.path.exists() is left


def test_without_a_person_to_ask_nothing_is_deleted(cli: Cli, history: History) -> None:
    kept(history)
    done = cli("history", "--delete")
    assert (done.returncode, history.path.exists()) == (2, True)
    assert sentence(done).endswith("there is nobody to ask; add --yes")
    assert "--yes answers what --delete asks" in sentence(cli("history", "--yes"))


def test_answers_about_pain_stand_in_the_history(tmp_path: Path, made_clips: Path, history: History) -> None:
    with asked(tmp_path, made_clips) as terminal:
        terminal.press("eleven\r")
        terminal.until(r"Write a number from 0 to 10, or nothing:")
        terminal.press("11\r")
        terminal.press("7\r")
        terminal.until(r"Ctrl-C stops")
        terminal.press("q")
        terminal.until(r"Pain after the session, from 0 to 10\?")
        terminal.press("0\r")
        assert terminal.ended() == 0
    (entry,) = history.records()
    assert (entry.pain_before, entry.pain_after) == (7, 0)


def test_enter_skips_a_question(tmp_path: Path, made_clips: Path, history: History) -> None:
    with asked(tmp_path, made_clips) as terminal:
        terminal.press("\r")
        terminal.until(r"Ctrl-C stops")
        terminal.press("q")
        terminal.until(r"Pain after the session")
        terminal.press("\r")
        assert terminal.ended() == 0
    (entry,) = history.records()
    assert (entry.pain_before, entry.pain_after) == (None, None)


def test_ctrl_c_at_the_first_question_ends_it_as_if_it_had_never_been(
    tmp_path: Path, made_clips: Path, history: History
) -> None:
    with asked(tmp_path, made_clips) as terminal:
        terminal.press("\x03")
        assert terminal.ended() == 130
        assert not any("Traceback" in line for line in terminal.lines)
    assert history.records() == ()


def test_ctrl_c_at_the_last_question_leaves_the_session_as_it_was(
    tmp_path: Path, made_clips: Path, history: History
) -> None:
    with asked(tmp_path, made_clips) as terminal:
        terminal.press("4\r")
        terminal.until(r"Ctrl-C stops")
        terminal.press("q")
        terminal.until(r"Pain after the session")
        terminal.press("\x03")
        assert terminal.ended() == 130
        assert not any("Traceback" in line for line in terminal.lines)
    (entry,) = history.records()
    assert (entry.pain_before, entry.pain_after, entry.state) == (4, None, "stopped")


def test_without_a_terminal_nothing_is_asked(tmp_path: Path, made_clips: Path, history: History) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    play = ("play", "short.yaml", "--ask-pain", "--output", "null")
    with started(*play, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        assert "Ctrl-C stops" in wait_for_line(program, "")
        program.terminate()
    assert [(each.pain_before, each.state) for each in history.records()] == [(None, "stopped")]


def _no_folder(history: History) -> None:
    history.path.parent.parent.mkdir(parents=True)
    history.path.parent.write_text("a file in the folder's place")


def _garbage(history: History) -> None:
    history.path.parent.mkdir(parents=True)
    history.path.write_bytes(b"no history at all " * 500)


def _damaged(history: History) -> None:
    for _ in range(200):
        history.begin("Old", "old", {"voice": "x" * 200}, 1)
    whole = history.path.read_bytes()
    history.path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def _misspelt(history: History) -> None:
    history.begin("Old", "old", {}, 1)
    history.path.write_bytes(history.path.read_bytes().replace(b"CREATE TABLE", b"CREATE \xff\xffBLE"))


SPOILT = {"no folder": _no_folder, "garbage": _garbage, "damaged": _damaged, "damaged schema": _misspelt}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_where_nothing_can_be_kept_the_session_plays_on_and_one_line_says_so(
    tmp_path: Path, made_clips: Path, history: History, spoilt: object
) -> None:
    assert callable(spoilt)
    spoilt(history)
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    play = ("play", "short.yaml", "--output", "null")
    with started(*play, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        told = wait_for_line(program, "This session is not remembered: ")
        assert str(history.path) in told
        wait_for_line(program, "Ctrl-C stops")
        program.terminate()
        _, rest = program.communicate(timeout=HANG_S)
    assert "remembered" not in rest
    assert rest.splitlines()[-1].startswith("Stopped at")


def test_a_variable_that_names_no_place_stops_no_session(tmp_path: Path, made_clips: Path) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    env = {"VOICECOACH_CACHE": str(made_clips), "VOICECOACH_HISTORY": "~no-such-user-here/h.sqlite3"}
    with started("play", "short.yaml", "--output", "null", cwd=tmp_path, env=env) as program:
        told = wait_for_line(program, "This session is not remembered: ")
        assert "VOICECOACH_HISTORY=" in told
        assert "there is no such user's home folder" in told
        wait_for_line(program, "Ctrl-C stops")
        program.terminate()


def test_a_bad_row_is_told_by_history_and_not_by_play(
    cli: Cli, tmp_path: Path, made_clips: Path, history: History
) -> None:
    kept(history)
    kept(history)
    with sqlite3.connect(history.path) as db:
        db.execute("UPDATE session SET started = 'yesterday' WHERE id = 1")
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    play = ("play", "short.yaml", "--output", "null")
    with started(*play, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        assert "Ctrl-C stops" in wait_for_line(program, "")
        program.terminate()
        _, rest = program.communicate(timeout=HANG_S)
    assert "damaged" not in rest
    done = cli("history")
    assert done.stderr == f"{history.path}: 1 session is damaged and left out\n"
    assert [line.split()[2] for line in done.stdout.splitlines()[1:]] == ["Morning", "A"]


def test_a_session_of_a_clock_that_says_1970_is_drawn_and_told_with_the_rest(cli: Cli, history: History) -> None:
    kept(history)
    kept(history)
    with sqlite3.connect(history.path) as db:
        db.execute("UPDATE session SET started = '1970-01-01T00:00:12+00:00' WHERE id = 2")
    done = cli("history", "--plot", "a.svg", env={"TZ": "America/Los_Angeles"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "a.svg\n", "")
    assert len(cli("history").stdout.splitlines()) == 3


def test_a_disk_that_fills_up_is_told_once_and_the_session_plays_on(
    tmp_path: Path, made_clips: Path, small_disk: Path
) -> None:
    (small_disk / "rest").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    env = {"VOICECOACH_CACHE": str(made_clips), "VOICECOACH_HISTORY": str(small_disk / "h.sqlite3")}
    with started("play", "short.yaml", "--output", "null", cwd=tmp_path, env=env) as program:
        told = wait_for_line(program, "not remembered: ")
        assert "the disk is full; free some space" in told
        wait_for_line(program, "Ctrl-C stops")
        program.terminate()
        _, rest = program.communicate(timeout=HANG_S)
    assert "remembered" not in rest


WAITS = SHORT.replace("    posture: back\n", "    posture: back\n    wait: true\n", 1)


def test_a_session_that_waits_says_so_and_goes_on_by_a_key(tmp_path: Path, made_clips: Path) -> None:
    with playing(tmp_path, made_clips, 100, "--wait") as terminal:
        terminal.until(r"\d left")
        terminal.press("n")
        terminal.until(r"Waiting for you before Quiet hold")
        terminal.until(r"space or Enter goes on, Ctrl-C stops")
        status = json.loads(run("ctl", "status", "--json", cwd=tmp_path).stdout)
        assert (status["state"], status["exercise"]) == ("between", "Quiet hold")
        terminal.press("\r")
        terminal.until(r"Get into position +[━╸╺]+ +\d+ s")
        assert json.loads(run("ctl", "status", "--json", cwd=tmp_path).stdout)["state"] == "playing"


def test_an_exercise_that_waits_says_so_in_lines_too(tmp_path: Path, made_clips: Path) -> None:
    (tmp_path / "waits.yaml").write_text(WAITS, encoding="ascii")
    play = ("play", "waits.yaml", "--output", "null", "--plain")
    with started(*play, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        wait_for_line(program, "Ctrl-C stops")
        run("ctl", "next", cwd=tmp_path)
        said = wait_for_line(program, "Waiting for you before Knee hug. ")
        assert said.endswith("`voicecoach ctl resume` goes on.\n")
        run("ctl", "resume", cwd=tmp_path)
        wait_for_line(program, "Knee hug")
        program.terminate()
