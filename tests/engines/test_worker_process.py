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

from voicecoach.engines.espeak import Espeak
from voicecoach.engines.wire import RENDER
from voicecoach.engines.worker_process import WorkerProcess
from voicecoach.errors import EngineError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it sends signals")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it reads /proc")

READY = "sys.stdout.buffer.write(b'vcw1R' + bytes(4)); sys.stdout.flush(); "
ANSWER = "sys.stdout.buffer.write(b'vcw1P' + bytes(4)); sys.stdout.flush(); "
Double = Callable[[str], WorkerProcess]


@pytest.fixture
def double(tmp_path: Path) -> Double:
    """Make a worker whose process runs the given lines in place of an engine."""

    def make(lines: str) -> WorkerProcess:
        script = tmp_path / "double.py"
        script.write_text(f"import sys, time, os\n{lines}\n", encoding="utf-8")
        return WorkerProcess("double", (sys.executable, str(script)), first_limit_s=3)

    return make


FAILURES = [
    pytest.param(READY + "time.sleep(60)", "did not answer within 3 s", id="hangs in its first render"),
    pytest.param("time.sleep(60)", "did not answer within 3 s", id="hangs at its start"),
    pytest.param(READY + "sys.stdin.read(1); os._exit(7)", "ended unexpectedly", id="crashes in a render"),
    pytest.param("os._exit(7)", "exit code 7", id="crashes at its start"),
    pytest.param(READY + "print('Audio saved' * 9, flush=True); time.sleep(60)", "unreadable", id="garbage"),
    pytest.param("print('Hello, I am chatty', flush=True); time.sleep(60)", "unreadable", id="garbage first"),
    pytest.param(
        READY + "sys.stdout.buffer.write(b'vcw1P' + b'\\xff' * 4); sys.stdout.flush(); time.sleep(60)",
        "unreadable",
        id="an impossible length",
    ),
    pytest.param(
        READY + "sys.stdout.buffer.write(b'vcw1P\\0\\0\\1\\0half')", "ended unexpectedly", id="half an answer"
    ),
    pytest.param(
        "sys.stdout.buffer.write(b'vcw1E\\0\\0\\0\\4gone'); sys.stdout.flush()",
        "cannot start: gone",
        id="refuses",
    ),
]


@pytest.mark.parametrize(("lines", "said"), FAILURES)
def test_a_failure_is_one_error_within_seconds_and_leaves_no_process(
    double: Double, lines: str, said: str
) -> None:
    worker = double(lines)
    began = time.monotonic()
    with pytest.raises(EngineError, match=said) as caught:
        worker.ask(RENDER, b"{}", 0.5)
    assert time.monotonic() - began < 5
    assert "\n" not in str(caught.value)
    assert worker.pid is None


def test_an_engine_that_hangs_in_a_later_render_is_given_the_time_of_that_text_alone(double: Double) -> None:
    worker = double(READY + ANSWER + "time.sleep(60)")
    worker.ask(RENDER, b"", 3)
    with pytest.raises(EngineError, match=r"did not answer within 0\.5 s"):
        worker.ask(RENDER, b"{}", 0.5)
    assert worker.ask(RENDER, b"", 3) == b""


@pytest.mark.parametrize("lines", ["time.sleep(60)", READY + "time.sleep(60)"], ids=["start", "render"])
def test_an_engine_that_never_answered_is_waited_for_once_and_not_again(double: Double, lines: str) -> None:
    worker = double(lines)
    began = time.monotonic()
    for _ in range(5):
        with pytest.raises(EngineError, match="did not answer within 3 s"):
            worker.ask(RENDER, b"{}", 0.5)
    assert time.monotonic() - began < 6
    assert worker.pid is None


def test_a_worker_that_reads_nothing_does_not_block_a_long_text(double: Double) -> None:
    worker = double(READY + "time.sleep(60)")
    with pytest.raises(EngineError, match="did not answer"):
        worker.ask(RENDER, bytes(1_000_000), 0.5)


def test_a_program_that_is_missing_is_an_error() -> None:
    with pytest.raises(EngineError):
        WorkerProcess("absent", ("/nowhere/at/all",)).ask(RENDER, b"", 1)


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
    worker.ask(RENDER, b'{"text": "a", "voice": "gmw/en", "nominal_wpm": 150}', 5)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(EngineError, match=r"did not answer within 0\.5 s"):
        worker.ask(RENDER, b'{"text": "a", "voice": "gmw/en", "nominal_wpm": 150}', 0.5)


@LINUX
@pytest.mark.parametrize("how", ["close", "fail"])
def test_no_zombie_is_left(double: Double, how: str) -> None:
    worker = double(READY + ANSWER + "time.sleep(60)")
    worker.ask(RENDER, b"", 3)
    if how == "fail":
        with pytest.raises(EngineError):
            worker.ask(RENDER, b"", 0.3)
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
    assert _gone_within(3, pid)


def _gone_within(limit_s: float, pid: int) -> bool:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text(encoding="utf-8").split()[2] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_who_is_waited_for_is_let_go_of_at_once(double: Double) -> None:
    worker = double(READY + "time.sleep(60)")
    Timer(0.3, worker.close).start()
    began = time.monotonic()
    with pytest.raises(EngineError):
        worker.ask(RENDER, b"{}", 30)
    assert time.monotonic() - began < 10
    assert worker.pid is None
