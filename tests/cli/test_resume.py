"""A session that was stopped, or killed, goes on where it was: same pacing, same voice, its place spoken."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import LIMIT_S, ended, environment, run, sentence, started
from tests.cli.test_stopping import wait_for_line
from tests.fakes import compiled, session_of
from voicecoach.cli.memory import Wish, find_resumption, kept_flags, kept_pacing, merge_pacings
from voicecoach.cli.sessions import load
from voicecoach.cli.settings.flags import parse_pacing
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import VoicecoachError
from voicecoach.history import History
from voicecoach.model import Fitted, Pacing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals")

THREE = """\
title: Three of them
exercises:
  - {name: First, steps: [Lift.], reps: 4}
  - {name: Second, steps: [Bend.], reps: 4, position: Lie on your back.}
  - {name: Third, steps: [Turn.], hold: 20s}
"""
OTHER = """\
title: Another one
exercises:
  - {name: Alpha, steps: [Lift.], reps: 4}
  - {name: Beta, steps: [Bend.], reps: 4, posture: standing}
"""
QUICK = ("--detail", "minimal", "--pace", "2", "--lead-in", "3s")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "three.yaml").write_text(THREE, encoding="ascii")
    (tmp_path / "other.yaml").write_text(OTHER, encoding="ascii")
    return tmp_path


@pytest.fixture
def env(made_clips: Path) -> dict[str, str]:
    return {"VOICECOACH_CACHE": str(made_clips)}


@contextmanager
def playing(
    folder: Path, env: dict[str, str], *arguments: str, until: str = "Ctrl-C stops"
) -> Iterator["subprocess.Popen[str]"]:
    """Play until a line is said, and kill the session if the test did not end it."""
    with started("play", *arguments, "--output", "null", cwd=folder, env=env) as program:
        wait_for_line(program, until)
        yield program
        program.kill()


def stopped_in_second(folder: Path, env: dict[str, str], *arguments: str, number: int) -> None:
    """Play three.yaml, go on to its second exercise, and end the session there by a signal."""
    with playing(folder, env, *arguments) as program:
        for _ in range(2):
            assert run("ctl", "next", cwd=folder, env=env).returncode == 0
            time.sleep(0.1)
        wait_for_line(program, "Second")
        time.sleep(0.3)
        program.send_signal(number)
        program.wait(LIMIT_S)


def entries(folder: Path, env: dict[str, str]) -> list[dict[str, Any]]:
    sessions: list[dict[str, Any]] = json.loads(run("history", "--json", cwd=folder, env=env).stdout)["sessions"]
    return sessions


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_it_goes_on_at_the_exercise_where_it_stopped(folder: Path, env: dict[str, str], name: str) -> None:
    flags = ("--pace", "1.3", "--hold", "third=25s", "--voice", "en-gb")
    stopped_in_second(folder, env, "three.yaml", *flags, number=getattr(signal, name))
    (before,) = entries(folder, env)
    assert (before["state"], before["reached"], before["exercises"]) == ("stopped", 2, 3)
    with playing(folder, env, "--resume", until="Going on with Second, exercise 2 of 3.") as program:
        wait_for_line(program, "Ctrl-C stops")
        program.send_signal(signal.SIGINT)
        program.wait(LIMIT_S)
    again = entries(folder, env)[-1]
    assert (again["reached"], again["source"]) == (2, str(folder / "three.yaml"))
    for kept in ("voice", "pacing"):
        assert again["flags"][kept] == before["flags"][kept]
    assert again["flags"]["pacing"]["pace"] == 1.3
    assert again["flags"]["voice"] == "en-gb"


def test_what_it_goes_on_with_is_spoken_with_its_position() -> None:
    session = session_of("cat-cow", "knee-to-chest", "bird-dog")
    spoken = [event.cue for slot in compiled(session).slots for event in slot.events]
    from_second = type(session)(program=session.program, pacing=session.pacing, phrases=session.phrases, start=2)
    slots = compiled(from_second).slots
    again = [event.cue for slot in slots for event in slot.events]
    assert "position" in again
    assert "safety" in again
    assert {slot.where.index for slot in slots} == {None, 2, 3}
    assert spoken.count("position") == again.count("position") + 1


def test_a_session_played_to_its_end_is_not_gone_on_with(folder: Path, env: dict[str, str]) -> None:
    with playing(folder, env, "other.yaml", *QUICK) as program:
        for _ in range(3):
            run("ctl", "next", cwd=folder, env=env)
            time.sleep(0.1)
        assert program.wait(LIMIT_S) == 0
    (entry,) = entries(folder, env)
    assert (entry["state"], entry["done"]) == ("finished", 0)
    assert 3000 < entry["done_ms"] < 60_000
    again = run("play", "--resume", cwd=folder, env=env)
    assert again.returncode == 1
    assert "the last session was finished" in sentence(again)


def test_who_stops_in_the_closing_words_has_done_it_all(folder: Path, env: dict[str, str]) -> None:
    (folder / "tiny.yaml").write_text(
        "title: Tiny\nexercises:\n  - {name: Nod, steps: [Nod.], reps: 1, posture: standing}\n", encoding="ascii"
    )
    with playing(folder, env, "tiny.yaml", *QUICK) as program:
        wait_for_line(program, "Close")
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        program.wait(LIMIT_S)
    assert entries(folder, env)[-1]["state"] == "finished"


def test_of_two_sessions_each_goes_on_where_it_stopped(folder: Path, env: dict[str, str]) -> None:
    stopped_in_second(folder, env, "three.yaml", number=signal.SIGTERM)
    with playing(folder, env, "other.yaml") as program:
        program.send_signal(signal.SIGINT)
        program.wait(LIMIT_S)
    with playing(folder, env, "--resume", until="Going on with Alpha, exercise 1 of 2."):
        pass
    with playing(folder, env, "three.yaml", "--resume", until="Going on with Second, exercise 2 of 3."):
        pass


def test_it_goes_on_from_any_folder(folder: Path, env: dict[str, str]) -> None:
    stopped_in_second(folder, env, "three.yaml", number=signal.SIGTERM)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    with playing(elsewhere, env, "--resume", until="Going on with Second"):
        pass


def test_flags_given_now_win_over_the_kept_ones(folder: Path, env: dict[str, str]) -> None:
    flags = ("--pace", "1.3", "--hold", "15s", "--hold", "third=25s", "--rest", "20s")
    stopped_in_second(folder, env, "three.yaml", *flags, number=signal.SIGTERM)
    now = ("--resume", "--pace", "normal", "--hold", "third=12s")
    with playing(folder, env, *now):
        pass
    kept = entries(folder, env)[-1]["flags"]["pacing"]
    assert kept["pace"] == 1.0
    doses = [(each["field"], each["exercise"], each["value"]) for each in kept["overrides"]]
    assert sorted(doses) == [("hold", "third", 12_000), ("rest", "", 20_000)]


def test_what_a_target_length_had_settled_stays_as_it_was(folder: Path, env: dict[str, str]) -> None:
    with playing(folder, env, "l5-s1-relief", "--fit", "40m") as program:
        for _ in range(3):
            run("ctl", "next", cwd=folder, env=env)
            time.sleep(0.1)
        program.terminate()
        program.wait(LIMIT_S)
    first = entries(folder, env)[-1]["flags"]["fitted"]
    assert first["rest_ms"] != 15_000
    with playing(folder, env, "--resume") as program:
        program.terminate()
        program.wait(LIMIT_S)
    again = entries(folder, env)[-1]["flags"]
    assert again["fitted"] == first
    assert again["pacing"]["fit_ms"] is None


@pytest.mark.parametrize(
    ("asked", "given", "lead_in"),
    [
        (False, {"fit"}, (10_000, False)),
        (True, {"fit"}, (12_000, True)),
        (True, {"pace"}, (12_000, True)),
        (False, {"lead_in"}, (8000, True)),
    ],
)
def test_another_target_length_moves_a_kept_lead_in_only_where_nobody_asked_for_it(
    asked: bool, given: set[str], lead_in: tuple[int, bool]
) -> None:
    kept = Pacing(lead_in_ms=12_000, lead_in_given=asked, fitted=Fitted(0.5, 0.0, 20_000))
    now = Pacing(lead_in_ms=8000, lead_in_given=True, fit_ms=1_200_000)
    again = merge_pacings(kept, now, frozenset(given))
    assert (again.lead_in_ms, again.lead_in_given) == lead_in


def test_from_beside_resume_is_a_contradiction(folder: Path, env: dict[str, str]) -> None:
    done = run("play", "--resume", "--from", "2", cwd=folder, env=env)
    assert done.returncode == 2
    assert "--resume goes on where the session stopped" in sentence(done)


@pytest.mark.parametrize("source", [(), ("three.yaml",), ("first-day",), ("-",)])
def test_with_nothing_to_go_on_with_one_sentence_says_so(
    folder: Path, env: dict[str, str], source: tuple[str, ...]
) -> None:
    done = run("play", "--resume", *source, cwd=folder, env=env)
    assert done.returncode == 1
    assert "there is no stopped session" in sentence(done)
    assert entries(folder, env) == []


def test_a_file_that_is_gone_is_named(folder: Path, env: dict[str, str]) -> None:
    stopped_in_second(folder, env, "three.yaml", number=signal.SIGTERM)
    (folder / "three.yaml").unlink()
    done = run("play", "--resume", cwd=folder, env=env)
    assert done.returncode == 1
    said = sentence(done)
    assert str(folder / "three.yaml") in said
    assert "the file of the stopped session is gone" in said


CHANGED = {
    "another dose": (("reps: 4, position", "reps: 5, position"), "Going on with Second, exercise 2 of 3."),
    "one before it is gone": (
        ("  - {name: First, steps: [Lift.], reps: 4}\n", ""),
        "Going on with Second, exercise 1 of 2.",
    ),
}


@pytest.mark.parametrize("which", CHANGED)
def test_a_file_that_has_changed_goes_on_at_the_same_exercise_and_says_so(
    folder: Path, env: dict[str, str], which: str
) -> None:
    (old, new), said = CHANGED[which]
    stopped_in_second(folder, env, "three.yaml", number=signal.SIGTERM)
    (folder / "three.yaml").write_text(THREE.replace(old, new), encoding="ascii")
    with playing(folder, env, "--resume", until=f"Three of them has changed since it stopped. {said}"):
        pass


def test_a_file_without_the_exercise_where_it_stopped_is_refused(folder: Path, env: dict[str, str]) -> None:
    stopped_in_second(folder, env, "three.yaml", number=signal.SIGTERM)
    (folder / "three.yaml").write_text(THREE.replace("name: Second", "name: Renamed"), encoding="ascii")
    done = run("play", "--resume", cwd=folder, env=env)
    assert done.returncode == 1
    assert '"Second", which is no longer in it' in sentence(done)


def test_standard_input_has_to_be_given_again(folder: Path, env: dict[str, str]) -> None:
    assert run("play", "-", "--output", "null", "--from", "9", cwd=folder, env=env, given=THREE).returncode == 2
    shell = ["sh", "-c", 'cat three.yaml | exec "$@"', "sh", sys.executable, "-m", "voicecoach"]
    play = [*shell, "play", "-", "--output", "null", "--from", "2"]
    with (
        subprocess.Popen(play, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment(**env)) as program,
        ended(program),
    ):
        wait_for_line(program, "Ctrl-C stops")
        program.terminate()
    done = run("play", "--resume", cwd=folder, env=env)
    assert done.returncode == 1
    assert "came from standard input; give it again, with --from 2" in sentence(done)


def test_a_second_session_is_refused_and_leaves_no_trace(folder: Path, env: dict[str, str]) -> None:
    with playing(folder, env, "three.yaml"):
        for arguments in (("other.yaml",), ("--resume",)):
            second = run("play", *arguments, "--output", "null", cwd=folder, env=env)
            assert second.returncode == 1
            assert "is playing already" in sentence(second)
        (entry,) = entries(folder, env)
        assert (entry["title"], entry["state"]) == ("Three of them", "playing")


def test_a_session_whose_record_makes_no_sense_is_not_gone_on_with(
    folder: Path, env: dict[str, str], home: Path
) -> None:
    stopped_in_second(folder, env, "three.yaml", number=signal.SIGTERM)
    (kept,) = home.rglob("history.sqlite3")
    with sqlite3.connect(kept) as db:
        db.execute("UPDATE session SET flags = '{}'")
    done = run("play", "--resume", cwd=folder, env=env)
    assert done.returncode == 1
    assert "cannot be gone on with, as what was kept of it cannot be read" in sentence(done)


BEYOND: dict[str, list[object]] = {
    "pace": [0, -1, float("nan"), float("inf"), "1", True, 1e-9, None],
    "rate_wpm": [1, -5, "130", "9" * 400, 1.5],
    "lead_in_ms": [-50_000, 0, 10**15, None, "10s"],
    "switch_ms": [-1, 1.5],
    "fit_ms": [-1, 1, 10**12],
    "breath": [
        {"in_ms": 0, "out_ms": 0},
        {"in_ms": -4000, "out_ms": 4000},
        {"in_ms": 4000, "out_ms": 4000, "full_ms": -1},
    ],
    "overrides": [
        [{"field": "hold", "value": 10**12}],
        [{"field": "hold", "value": -5, "exercise": ""}],
        [{"field": "nonsense", "value": 5}],
        [{"field": "hold", "value": 5000, "exercise": 5}],
    ],
}


@pytest.mark.parametrize(("field", "value"), [(field, each) for field, row in BEYOND.items() for each in row])
def test_a_kept_value_that_no_flag_can_give_is_not_gone_on_with(field: str, value: object) -> None:
    kept: dict[str, Any] = kept_flags(session_of("bird-dog"), session_of("bird-dog"), "")
    assert kept_pacing(json.loads(json.dumps(kept))) == Pacing()
    kept["pacing"][field] = value
    with pytest.raises(VoicecoachError, match="cannot be gone on with"):
        kept_pacing(json.loads(json.dumps(kept)))


@pytest.mark.parametrize(
    "fitted",
    [
        {"share": 2.0},
        {"share": float("nan")},
        {"share": "1"},
        {"fill": -3.0},
        {"rest_ms": -1},
        {"nudges": [["a", 7]]},
        {"lead_in_ms": 1},
    ],
    ids=str,
)
def test_a_kept_target_length_that_cannot_be_is_not_gone_on_with(fitted: dict[str, object]) -> None:
    settled = replace(session_of("bird-dog"), pacing=Pacing(fitted=Fitted(0.5, 0.0, 20_000, (("a", 1.0),))))
    kept = kept_flags(session_of("bird-dog"), settled, "")
    assert kept_pacing(kept).fitted == settled.pacing.fitted
    kept["fitted"].update(fitted)
    with pytest.raises(VoicecoachError, match="cannot be gone on with"):
        kept_pacing(kept)


@pytest.mark.parametrize("breath", ["4-7-8", "box", "off", "3.5-6"])
def test_whatever_flags_give_is_gone_on_with(breath: str) -> None:
    pacing = parse_pacing(
        {
            "pace": "0.5",
            "rate": "400",
            "hold": ["1h"],
            "rest": ["a=0s"],
            "reps": ["200"],
            "fit": "6h",
            "breath": breath,
            "lead_in": "3s",
        }
    )
    session = replace(session_of("bird-dog"), pacing=pacing)
    assert kept_pacing(json.loads(json.dumps(kept_flags(session, session, "")))) == pacing


@pytest.mark.parametrize("reached", [0, 4])
def test_an_exercise_that_there_never_was_is_not_gone_on_with(reached: int, tmp_path: Path, home: Path) -> None:
    (tmp_path / "three.yaml").write_text(THREE, encoding="ascii")
    program = load(str(tmp_path / "three.yaml"))
    session = replace(session_of("bird-dog"), program=program)
    history = History(home / "data" / "voicecoach" / "history.sqlite3")
    flags = kept_flags(session, session, "")
    history.begin("Three of them", str(tmp_path / "three.yaml"), flags, 3, reached)
    with pytest.raises(VoicecoachError, match="cannot be gone on with"):
        find_resumption(Wish(""), Pacing(), frozenset(), Terminal())


@pytest.mark.parametrize(
    ("reached", "others"), [(1, ""), (2, ""), (3, ""), (3, "  - {name: New, steps: [Go.], reps: 2}\n")]
)
def test_of_two_exercises_of_one_name_the_one_that_was_reached_is_gone_on_with(
    tmp_path: Path, home: Path, reached: int, others: str
) -> None:
    twice = "title: T\nexercises:\n" + "".join(
        f"  - {{name: {name}, steps: [Lift.], reps: 2}}\n" for name in ("Plank", "Bridge", "Plank")
    )
    path = tmp_path / "twice.yaml"
    path.write_text(twice, encoding="ascii")
    session = session_of(*load(str(path)).exercises)
    history = History(home / "data" / "voicecoach" / "history.sqlite3")
    number = history.begin("T", str(path), kept_flags(session, session, ""), 3)
    history.change(number, reached=reached, done=reached - 1, done_ms=1000)
    path.write_text(twice + others, encoding="ascii")
    _, wish = find_resumption(Wish(""), Pacing(), frozenset(), Terminal())
    assert wish.start == str(reached)
    assert f"exercise {reached} of" in wish.note
