"""A speech engine is one file and one row: a toy is added, listed, chosen, spoken with, and exported with."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import ROOT
from voicecoach.cli.run import run
from voicecoach.engines import table
from voicecoach.engines.table import ENGINES, EngineRow, choose_voice

FILE = '''
"""An engine that beeps once for each word, in a process of its own."""

import math
from array import array

import numpy as np

from voicecoach.engines import Voice
from voicecoach.engines.worker_process import WorkerProcess

RATE_HZ = 16_000


def version():
    return "1"


class Toy:
    name = "toy"
    version = version()

    def __init__(self):
        self._worker = WorkerProcess(self.name, ("toy_engine:Beeper",))

    def voices(self):
        return (Voice("beep", "en", "A beep for each word"),)

    def render(self, text, voice, nominal_wpm):
        rate_hz, samples = self._worker.speak(text, voice, nominal_wpm, 30.0)
        return np.frombuffer(samples, np.int16), rate_hz

    def close(self):
        self._worker.close()


class Beeper:
    def voices(self):
        return []

    def speak(self, text, voice, nominal_wpm):
        samples = array("h")
        for word in text.lower().split():
            pitch = 0.1 + sum(map(ord, word)) % 89 / 100
            samples.extend(int(9000 * math.sin(n * pitch)) for n in range(RATE_HZ * 60 // nominal_wpm))
        return RATE_HZ, samples.tobytes()
'''

ROW = EngineRow("toy_engine:Toy", "toy_engine:version", "neural", languages=("en",))

PROGRAM = """\
title: A hold
exercises:
  - {name: Plank, steps: [Hold yourself straight.], hold: 12s, reps: 1, sets: 1}
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program, and the toy engine on this machine."""
    (tmp_path / "toy_engine.py").write_text(FILE, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    monkeypatch.setenv("VOICECOACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(ENGINES, "toy", ROW)
    return tmp_path


@pytest.mark.usefixtures("added")
def test_its_voice_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices"]) == 0
    listed = capsys.readouterr().out
    assert "toy" in listed
    assert "A beep for each word" in listed


@pytest.mark.usefixtures("added")
@pytest.mark.parametrize("voice", ["toy:beep", "beep", "BEEP"])
def test_it_is_found_by_its_name_and_speaks_as_fast_as_it_is_asked_to(
    voice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["script", "own.yaml", "--voice", voice, "--rate", "120", "--json"]) == 0
    script = json.loads(capsys.readouterr().out)
    assert script["voice"] == "beep"
    step = next(each for each in script["events"] if each["text"] == "Hold yourself straight.")
    assert step["end_ms"] - step["start_ms"] == pytest.approx(3 * 60_000 / 120, rel=0.05)


def test_a_session_is_exported_with_it_and_the_file_proves_right(added: Path) -> None:
    assert run(["export", "own.yaml", "-o", "a.mp3", "--voice", "beep"]) == 0
    assert run(["verify", "a.mp3"]) == 0
    assert (added / "a.mp3").stat().st_size > 50_000


def test_it_is_the_default_for_its_languages_once_its_row_stands_first(
    added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del added
    monkeypatch.setattr(table, "ENGINES", {"toy": ROW, **ENGINES})
    assert choose_voice(None, "en")[0] == "toy"
    assert choose_voice(None, "en-GB")[0] == "toy"
    assert choose_voice(None, "cs")[0] == "espeak"


def test_a_row_tells_all_that_is_asked_before_an_engine_is_made(added: Path) -> None:
    del added
    assert (ROW.read_version(), ROW.kind, ROW.is_default_for("en-AU"), ROW.is_default_for("fr")) == (
        "1", "neural", True, False,
    )  # fmt: skip
