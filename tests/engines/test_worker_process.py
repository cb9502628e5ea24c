"""A worker may hang, crash, or talk nonsense: the program hears one sentence of it, within seconds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest

from tests.bounds import HANG_S
from tests.processes.doubles import Double
from voicecoach.engines.espeak import Espeak
from voicecoach.engines.worker_main import SPEAK
from voicecoach.engines.worker_process import WorkerProcess
from voicecoach.errors import EngineError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it sends signals")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it reads /proc")

READY = "say(READY); "
HANGS = "time.sleep(60)"
Make = Callable[[str], WorkerProcess]


@pytest.fixture
def double(tmp_path: Path) -> Make:
    """Make a worker whose process runs the given lines in place of an engine."""
    return lambda lines: WorkerProcess("double", (), Double(tmp_path, lines).command, first_limit_s=3)


FAILURES = {
    "hangs in its first render": (READY + HANGS, "did not answer within 3 s"),
    "hangs at its start": (HANGS, "did not answer within 3 s"),
    "crashes in a render": (READY + "hear(); os._exit(7)", "ended unexpectedly"),
    "crashes at its start": ("os._exit(7)", "exit code 7"),
    "garbage": (READY + "babble(); " + HANGS, "unreadable"),
    "garbage first": ("babble(); " + HANGS, "unreadable"),
    "an impossible length": (
        READY + "sys.stdout.buffer.write(b'vcp1' + b'\\xff' * 8); sys.stdout.flush(); " + HANGS, "unreadable",
    ),
    "half an answer": (READY + "sys.stdout.buffer.write(b'vcp1half')", "ended unexpectedly"),
    "refuses": ("say(FAILED, why='gone')", "cannot start: gone"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_one_error_within_seconds_and_leaves_no_process(double: Make, lines: str, said: str) -> None:
    worker = double(lines)
    began = time.monotonic()
    with pytest.raises(EngineError, match=said) as caught:
        worker.ask(SPEAK, {}, 0.5)
    assert time.monotonic() - began < 30  # of the minute for which those hang
    assert "\n" not in str(caught.value)
    assert worker.pid is None


def test_an_engine_that_hangs_in_a_later_render_is_given_the_time_of_that_text_alone(double: Make) -> None:
    worker = double(READY + "answer(); " + HANGS)
    worker.ask(SPEAK, {}, 3)
    with pytest.raises(EngineError, match=r"did not answer within 0\.5 s"):
        worker.ask(SPEAK, {}, 0.5)
    assert worker.ask(SPEAK, {}, 3).payload == b""


@pytest.mark.parametrize("lines", [HANGS, READY + HANGS], ids=["start", "render"])
def test_an_engine_that_never_answered_is_waited_for_once_and_not_again(double: Make, lines: str) -> None:
    worker = double(lines)
    for already in range(5):
        began = time.monotonic()
        with pytest.raises(EngineError, match="did not answer within 3 s"):
            worker.ask(SPEAK, {}, 0.5)
        assert not already or time.monotonic() - began < 3
    assert worker.pid is None


def test_a_worker_that_reads_nothing_does_not_block_a_long_text(double: Make) -> None:
    worker = double(READY + HANGS)
    with pytest.raises(EngineError, match="did not answer"):
        worker.ask(SPEAK, {"text": "a" * 1_000_000}, 0.5)


def test_a_program_that_is_missing_is_an_error() -> None:
    with pytest.raises(EngineError, match="the speech engine absent cannot start: No such file"):
        WorkerProcess("absent", (), ("/nowhere/at/all",)).ask(SPEAK, {}, 1)


@POSIX
def test_a_worker_killed_in_mid_render_is_an_error_and_the_next_render_works() -> None:
    engine = Espeak()
    engine.render("Hold.", "en-us", 150)
    pid = engine._worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # so that the render is sure to be under way
    Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(EngineError, match=r"ended unexpectedly \(SIGKILL\)"):
        engine.render("Hold.", "en-us", 150)
    assert len(engine.render("Hold.", "en-us", 150)[0])
    engine.close()


@POSIX
def test_a_frozen_worker_is_killed() -> None:
    worker = Espeak()._worker
    worker.speak("a", "gmw/en", 150, 5)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(EngineError, match=r"did not answer within 0\.5 s"):
        worker.speak("a", "gmw/en", 150, 0.5)


@LINUX
@pytest.mark.parametrize("how", ["close", "fail"])
def test_no_zombie_is_left(double: Make, how: str) -> None:
    worker = double(READY + "answer(); " + HANGS)
    worker.ask(SPEAK, {}, 3)
    if how == "fail":
        with pytest.raises(EngineError):
            worker.ask(SPEAK, {}, 0.3)
    worker.close()
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8").split()
    states = {Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[2] for pid in children}
    assert "Z" not in states


@LINUX
@pytest.mark.parametrize("text", ["a", "Breathe on. " * 50_000], ids=["idle", "in mid render"])
def test_a_worker_ends_when_its_program_is_killed(text: str) -> None:
    script = (
        "import sys; from voicecoach.engines.espeak import Espeak; e = Espeak(); "
        "e.render('a', 'en-us', 150); print(e._worker.pid, flush=True); "
        "e.render(sys.stdin.read(), 'en-us', 80); sys.stdin.read(); import time; time.sleep(60)"
    )
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin
        assert program.stdout
        pid = int(program.stdout.readline())
        program.stdin.write(text)
        program.stdin.close()
        time.sleep(0.3)
        program.kill()
        program.wait()
    assert _gone_within(HANG_S, pid)


def _gone_within(limit_s: float, pid: int) -> bool:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text(encoding="utf-8").split()[2] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_who_is_waited_for_is_let_go_of_at_once(double: Make) -> None:
    worker = double(READY + HANGS)
    Timer(0.3, worker.close).start()
    began = time.monotonic()
    with pytest.raises(EngineError):
        worker.ask(SPEAK, {}, 30)
    assert time.monotonic() - began < 30  # as soon as that
    assert worker.pid is None
