"""Stopping: at once, with a word about where, with the shell's exit code, and without rubbish."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bounds import HANG_S
from tests.cli.running import SHORT, command, ended, environment, started

STOPS = [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals")


def wait_for_line(program: "subprocess.Popen[str]", part: str) -> str:
    """Read what a program says until a line holds `part`."""
    assert program.stderr
    for line in program.stderr:
        if part in line:
            return line
    raise AssertionError(f"it never said {part}")


@pytest.mark.parametrize(("name", "code"), STOPS)
def test_a_session_that_is_stopped_ends_at_once_and_says_where(
    tmp_path: Path, made_clips: Path, name: str, code: int
) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    play = ("play", "short.yaml", "--output", "null")
    with started(*play, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        wait_for_line(program, "Ctrl-C stops")
        time.sleep(1)
        program.send_signal(getattr(signal, name))
        out, said = program.communicate(timeout=HANG_S)
    assert (program.returncode, out) == (code, "")
    assert re.fullmatch(r"Stopped at 0:[0-5][0-9]\.[0-9].*\.", said.splitlines()[-1])
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "code"), STOPS)
def test_an_export_that_is_stopped_leaves_the_older_file_and_nothing_else(
    tmp_path: Path, made_clips: Path, name: str, code: int
) -> None:
    (tmp_path / "a.mp3").write_text("older", encoding="ascii")
    export = ("export", "l5-s1-relief", "-o", "a.mp3", "--sets", "8")  # hours, so that it lasts
    with started(*export, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        until = time.monotonic() + HANG_S
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
            time.sleep(0.002)
        program.send_signal(getattr(signal, name))
        out, said = program.communicate(timeout=HANG_S)
    assert (program.returncode, out) == (code, "")
    assert "Traceback" not in said
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.mp3", "older")]


def test_a_program_started_in_the_background_does_not_hear_ctrl_c(tmp_path: Path) -> None:
    deaf = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
    play = [*deaf, *command("play", "desk-break", "--output", "null")]
    with (
        subprocess.Popen(play, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True) as program,
        ended(program),
    ):
        wait_for_line(program, "Ctrl-C stops")
        program.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert program.poll() is None
        program.terminate()
        assert program.wait(HANG_S) != 0


@pytest.mark.parametrize(
    "words", ["list", "voices", "script lumbar-sacral", "script lumbar-sacral --json", "check --schema"]
)
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path, made_clips: Path, words: str) -> None:
    with started(*words.split(), cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        said = program.stderr.read()
    assert (program.returncode, said) == (0, "")


@pytest.mark.parametrize("closed", [1, 2])
def test_a_program_without_an_output_still_does_its_work(tmp_path: Path, closed: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}>&-', "sh", *command("list")],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE if closed == 2 else None,
        stderr=subprocess.PIPE if closed == 1 else None,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert not done.stderr
