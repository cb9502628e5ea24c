"""Inside a worker, whatever a speaker prints or raises, the pipe to the program carries frames alone."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecoach.engines.worker_process import WorkerProcess
from voicecoach.errors import EngineError

ROOT = str(Path(__file__).parents[2])
LIMIT_S = 30
NOISY = f"""
import os, sys
sys.path.insert(0, {ROOT!r})
from voicecoach.engines import worker_main

class Noisy:
    def __init__(self):
        print("Audio saved to", flush=True)

    def voices(self):
        os.write(1, b"straight to the descriptor")
        return [("one", "en", "")]

    def speak(self, text, voice, nominal_wpm):
        print("speaking", text, input if text else "", flush=True)
        if text == "raise":
            raise KeyError("several\\nlines of it")
        return 22050, text.encode()

sys.modules["noisy"] = sys.modules["__main__"]
worker_main.run_worker("noisy:Noisy")
"""


@pytest.fixture
def noisy() -> Iterator[WorkerProcess]:
    worker = WorkerProcess("noisy", (), (sys.executable, "-c", NOISY))
    yield worker
    worker.close()


def test_what_is_printed_never_reaches_the_pipe(noisy: WorkerProcess) -> None:
    assert [*map(tuple, noisy.voices(LIMIT_S))] == [("one", "en", "")]
    assert noisy.speak("Hold", "one", 150, LIMIT_S) == (22050, b"Hold")


def test_what_is_raised_is_one_sentence_and_the_worker_lives_on(noisy: WorkerProcess) -> None:
    with pytest.raises(EngineError, match="the speech engine noisy refuses") as caught:
        noisy.speak("raise", "one", 150, LIMIT_S)
    assert "\n" not in str(caught.value)
    assert noisy.speak("Hold", "one", 150, LIMIT_S) == (22050, b"Hold")


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it sends signals")
def test_ctrl_c_is_left_to_the_program(noisy: WorkerProcess) -> None:
    noisy.voices(LIMIT_S)
    assert noisy.pid is not None
    os.kill(noisy.pid, signal.SIGINT)
    assert noisy.speak("Hold", "one", 150, LIMIT_S) == (22050, b"Hold")


def test_an_engine_that_is_not_installed_says_so() -> None:
    missing = NOISY.replace("def __init__(self):", "def __init__(self):\n        import nobody_has_this")
    with pytest.raises(EngineError, match="noisy cannot start: No module named"):
        WorkerProcess("noisy", (), (sys.executable, "-c", missing)).voices(LIMIT_S)
