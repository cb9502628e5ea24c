"""A session played for real, recorded from the sound card's side: its numbers, its start, its stop."""

import json
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from tests.bounds import HANG_S
from tests.cli.running import SPOKEN_RATE, run, run_cold, started
from tests.e2e.seeking import RATE_HZ, SILENCE_MS, SILENT, Pcm, found_ms
from tests.ear import missing_tools, open_ear
from voicecoach.cache import ClipCache
from voicecoach.events import Utterance
from voicecoach.studio import Studio, open_studio

WITHIN_MS = 50
FIRST_BLOCK_STARTS = 20
"""A machine at rest takes one second, which is four times what the shortest command takes to start."""

SESSION = """\
title: One hold
exercises:
  - name: Seat squeeze
    steps: ["Squeeze, and let go."]
    hold: 7s
    reps: 1
    sets: 1
"""
FLAGS = ("--detail", "minimal", "--pace", "2", "--rate", str(SPOKEN_RATE), "--lead-in", "3s")
AFTER_S = 1.0
"""Into the closing words, which are spoken as the session is stopped."""

pytestmark = pytest.mark.audio


@dataclass(frozen=True)
class Played:
    """A session that was stopped at its end: what it said, what was recorded, and the script beside it."""

    code: int
    said: list[str]
    pcm: Pcm
    began_ms: float
    start_ms: float
    stopped_ms: float
    script: dict[str, Any]
    studio: Studio

    @property
    def first_ms(self) -> float:
        """When the first block was heard: the bed of the session is never exactly zero, the sink's is."""
        return float(np.flatnonzero(self.pcm)[0]) * 1000 / RATE_HZ

    def part(self, from_ms: float, to_ms: float) -> Pcm:
        """Return the recording between two times."""
        return self.pcm[round(from_ms * RATE_HZ / 1000) : round(to_ms * RATE_HZ / 1000)].astype(np.int32)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Play a session with an empty cache into a sound server of the test's own, and stop it as it closes."""
    if missing := missing_tools():
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("played")
    (folder / "one.yaml").write_text(SESSION, encoding="ascii")
    (folder / "runtime").mkdir(mode=0o700)
    own = {"VOICECOACH_CACHE": str(folder / "clips"), "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "runtime")}
    with open_ear() as ear, ear.recording() as recording:
        run_cold("--version", cwd=folder, env=own)
        start_ms = len(recording.pcm) * 1000 / RATE_HZ
        began_ms = len(recording.pcm) * 1000 / RATE_HZ
        with started("play", "one.yaml", *FLAGS, cwd=folder, env={**ear.env, **own}) as program:
            script = json.loads(run("script", "one.yaml", *FLAGS, "--json", cwd=folder, env=own).stdout)
            until_ms = script["holds"][-1]["end_ms"] + 2500
            while not recording.pcm.any() or _since_first_ms(recording.pcm) < until_ms:
                assert program.poll() is None, program.communicate()
                time.sleep(0.05)
            stopped_ms = len(recording.pcm) * 1000 / RATE_HZ
            program.send_signal(signal.SIGINT)
            _, said = program.communicate(timeout=HANG_S)
        time.sleep(AFTER_S)
        pcm = recording.pcm
    with open_studio(None, "en", ClipCache(folder / "clips")) as studio:
        yield Played(program.returncode, said.splitlines(), pcm, began_ms, start_ms, stopped_ms, script, studio)


def _since_first_ms(pcm: Pcm) -> float:
    return (len(pcm) - float(np.flatnonzero(pcm)[0])) * 1000 / RATE_HZ


def test_spoken_numbers_are_heard_when_the_script_has_them(played: Played) -> None:
    counts = [each for each in played.script["events"] if each["cue"] in {"count", "lead-in"}]
    assert " ".join(each["text"] for each in counts) == "Three Two One Six Five Four Three Two One"
    heard = [
        found_ms(
            played.pcm, played.studio.clip(Utterance(each["text"], SPOKEN_RATE)), each["start_ms"] + played.first_ms
        )
        for each in counts
    ]
    wanted = [each["start_ms"] - counts[0]["start_ms"] for each in counts]
    assert [at - heard[0] for at in heard] == pytest.approx(wanted, abs=WITHIN_MS)


def test_the_first_word_comes_a_second_and_a_half_into_the_stream(played: Played) -> None:
    start_ms = played.first_ms
    assert np.abs(played.part(start_ms, start_ms + SILENCE_MS - 20)).max() < SILENT
    assert np.abs(played.part(start_ms, start_ms + SILENCE_MS + 200)).max() > SILENT


def test_the_first_block_is_heard_soon_even_when_no_word_was_ever_made(played: Played) -> None:
    assert played.first_ms - played.began_ms < FIRST_BLOCK_STARTS * played.start_ms


def test_ctrl_c_stops_the_sound_at_once_and_says_where(played: Played) -> None:
    assert played.code == 130
    assert re.fullmatch(r"Stopped at 0:\d\d\.\d.*\.", played.said[-1])
    assert np.abs(played.part(played.stopped_ms - 500, played.stopped_ms)).max() > SILENT
    assert np.abs(played.part(played.stopped_ms + 700, played.stopped_ms + 1000)).max() < SILENT
