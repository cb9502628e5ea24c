"""Workers that end unexpectedly, or whose program does: no other session is lost, and nobody stays behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.bounds import HANG_S
from tests.cli.running import started
from voicecoach.cli.workers import share_out

PROGRAM = """\
title: {0}
exercises:
  - {{name: Rest, posture: back, steps: [Rest.], hold: 30s, reps: 10, sets: 20, sides: none}}
"""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals"),
    pytest.mark.untraced,
]


def made(task: str, folder: Path) -> str:
    """Make a task's result; "fatal" ends its worker always, "once" the first time, "told" in good order.

    "deaf" drops the wish to end, as code that expects anything may.
    """
    mark = folder / task
    if task == "fatal" or (task == "once" and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if task in {"told", "deaf"}:
        with suppress(SystemExit) if task == "deaf" else nullcontext():
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(30)
        time.sleep(30)
    return task.upper()


def share(tasks: list[str], folder: Path) -> tuple[list[str], list[str]]:
    results: list[str] = []

    def told(task: str, done: "Future[str]") -> None:
        assert done.result() == task.upper()
        results.append(task)

    return share_out(tasks, partial(made, folder=folder), told), results


def test_each_task_is_told_with_its_result(tmp_path: Path) -> None:
    left, results = share(["a", "b", "c"], tmp_path)
    assert (left, sorted(results)) == ([], ["a", "b", "c"])


@pytest.mark.parametrize("ends", ["fatal", "once", "told", "deaf"])
def test_what_is_lost_with_a_worker_is_returned_and_nothing_is_lost_silently(tmp_path: Path, ends: str) -> None:
    tasks = [ends, "a", "b", "c", "d", "e"]
    left, results = share(tasks, tmp_path)
    assert ends in left
    assert sorted(left + results) == sorted(tasks)


def two_sessions(folder: Path) -> list[str]:
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(PROGRAM.format(name), encoding="ascii")
    return ["export", "one.yaml", "two.yaml", "-o", "out/", "--detail", "minimal"]


def workers_of(program: int) -> list[int]:
    """Return the running workers of a program: those of its children that were made by a spawn."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            words = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == program and b"spawn_main" in words:
            found.append(int(status.parent.name))
    return found


def wait_for_an_unfinished_file(folder: Path, program: "subprocess.Popen[str]") -> None:
    while not list(folder.glob("out/.voicecoach-*")):
        assert program.poll() is None, "it ended before"
        time.sleep(0.005)


@pytest.mark.skipif(sys.platform != "linux", reason="only where /proc tells of processes")
def test_an_export_goes_on_after_one_of_its_workers_was_killed(tmp_path: Path, made_clips: Path) -> None:
    words = two_sessions(tmp_path)
    with started(*words, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        wait_for_an_unfinished_file(tmp_path, program)
        os.kill(workers_of(program.pid)[0], signal.SIGKILL)
        out, said = program.communicate(timeout=HANG_S)
    assert program.returncode == 0, said
    assert "A worker ended unexpectedly; begun again, one by one: " in said
    assert len(out.splitlines()) == len(list(tmp_path.glob("out/[!.]*.mp3"))) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only where /proc tells of processes")
def test_no_worker_and_no_unfinished_file_outlives_a_program_that_was_killed(tmp_path: Path, made_clips: Path) -> None:
    words = two_sessions(tmp_path)
    with started(*words, cwd=tmp_path, env={"VOICECOACH_CACHE": str(made_clips)}) as program:
        wait_for_an_unfinished_file(tmp_path, program)
        workers = workers_of(program.pid)
        program.kill()
        program.communicate(timeout=HANG_S)
    until = time.monotonic() + HANG_S
    while any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert workers
    assert not any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers)
    assert not list(tmp_path.glob("out/.*"))
