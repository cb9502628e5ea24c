"""Commands in a folder of their own, timed: voicecoach, its peers, and what limits it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scripts.bench_code import CONTINUOUS, COPY, ESPEAK, FFMPEG, LAME_ALONE, NAIVE, PLAYED, STAGES
from scripts.bench_texts import batch_program, long_program, minutes, ssml
from tests.ear import Recording, missing_tools, open_ear

ROOT = Path(__file__).resolve().parents[1]
NAME, FIT = "l5-s1-relief", "30m"
SESSION = (NAME, "--fit", FIT)

WARM = "voicecoach, warm"
COLD = "voicecoach, cold (an empty cache)"
PACED = "voicecoach, another pace (--pace brisk --rate 130, after warm)"
RATED = "voicecoach, another pace and rate (--pace 0.9, after warm)"
PEER = "(a) espeak-ng (SSML) and ffmpeg"
NAIVE_PEER = "(b) pyttsx3 and pydub, as one writes it first"
CONTINUOUS_PEER = "(c) voicecoach, warm, as one continuous encode"

LENGTHS = ((1, 1), (4, 1), (4, 2), (8, 2), (16, 2), (32, 2), (80, 3))
"""Exercises and sets: 10 minutes to 10 hours."""

_ONSET = 328  # -40 dBFS
_PATIENCE_S = 20.0
_HUNDRED = 100


class Taken(NamedTuple):
    """What a run took: seconds, and MiB of the largest process."""

    seconds: float
    mib: float


class Grown(NamedTuple):
    """A session's length in minutes, and what its warm export and its playing took."""

    minutes: float
    exported: Taken
    played: Taken


@dataclass(frozen=True)
class Row:
    """What is run, after what is made ready for it, which takes no time of its own; `once`, or each time."""

    run: Callable[[], None]
    ready: Callable[[], None] = lambda: None
    once: bool = False


class Bench:
    """A folder with a warm cache, the session's script, and all that is run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.missing: list[str] = []
        self._peak_mib = 0.0
        self._warm, self._other = folder / "warm", folder / "other"

    def prepare(self) -> None:
        """Fill the cache, and write the peers' sources."""
        self._ours("export", *SESSION, "-o", "warm.mp3")
        script = self._ours("script", *SESSION, "--json")
        (self.folder / "script.json").write_text(script, encoding="utf-8")
        (self.folder / "session.ssml").write_text(ssml(json.loads(script)), encoding="utf-8")

    def rows(self, *, naive: bool) -> dict[str, Row]:
        """Return what is measured, by its name."""
        rows = {
            WARM: Row(lambda: self._none("export", *SESSION, "-o", "a.mp3")),
            PACED: Row(lambda: self._again("--pace", "brisk", "--rate", "130"), self._copied),
            RATED: Row(lambda: self._again("--pace", "0.9"), self._copied),
            COLD: Row(self._again, self._emptied),
            "limit of warm: read all entries, write the file": Row(
                lambda: self._python(COPY, str(self._warm), "l.mp3", "warm.mp3")
            ),
            "limit of cold: LAME alone on its speech, all cores": Row(lambda: self._python(LAME_ALONE, NAME, FIT, "")),
            "voicecoach script --json, warm": Row(lambda: self._none("script", *SESSION, "--json")),
            "voicecoach --help": Row(lambda: self._none("--help")),
            "an empty Python": Row(lambda: self._run([sys.executable, "-c", "pass"])),
        }
        if self._has("espeak-ng") and self._has("ffmpeg"):
            rows[PEER] = Row(self._peer)
        rows[CONTINUOUS_PEER] = Row(lambda: self._python(CONTINUOUS, NAME, FIT, "c.mp3"))
        if naive:
            rows[NAIVE_PEER] = Row(self._naive, once=True)
        return rows

    def measured(self, rows: dict[str, Row], runs: int) -> dict[str, list[Taken]]:
        """Return what each run took, by what ran: all in turn, so that a busy minute meets every row."""
        found: dict[str, list[Taken]] = {name: [] for name in rows}
        for number in range(runs):
            for name, row in rows.items():
                if number == 0 or not row.once:
                    row.ready()
                    found[name].append(self._timed(row.run))
        return found

    def stages(self) -> dict[str, dict[str, list[float]]]:
        """Return wall and processor seconds of the stages of a cold and of a warm export."""
        self._emptied()
        told = {}
        for state in ("cold", "warm"):
            self._run(
                [sys.executable, "-c", STAGES, "stages.json", "export", *SESSION, "-o", "s.mp3"],
                VOICECOACH_CACHE=str(self._other),
            )
            told[state] = json.loads((self.folder / "stages.json").read_text(encoding="utf-8"))
        return told

    def growth(self, lengths: tuple[tuple[int, int], ...]) -> list[Grown]:
        """Return what longer and longer sessions took, warm: exported, and played on a simulated clock."""
        found = []
        for exercises, sets in lengths:
            program = str(self.folder / f"long-{exercises}-{sets}.yaml")
            Path(program).write_text(long_program(exercises, sets), encoding="utf-8")
            said = self._ours("export", program, "-o", "long.mp3")
            exported = self._timed(lambda name=program: self._none("export", name, "-o", "long.mp3"))  # type: ignore[misc]
            played = self._timed(lambda name=program: self._python(PLAYED, name, "", ""))  # type: ignore[misc]
            found.append(Grown(minutes(said), exported, played))
        return found

    def batch(self, programs: int) -> list[float]:
        """Return seconds for each hundred of programs, exported a hundred at a time over one cache."""
        self._emptied()
        taken = []
        for first in range(0, programs, _HUNDRED):
            names = [f"program-{number}.yaml" for number in range(first, min(first + _HUNDRED, programs))]
            for number, name in enumerate(names, first):
                (self.folder / name).write_text(batch_program(number), encoding="utf-8")
            command = ("export", *names, "-o", "batch")
            taken.append(self._timed(lambda: self._none(*command, VOICECOACH_CACHE=str(self._other))).seconds)  # noqa: B023 - run at once
            shutil.rmtree(self.folder / "batch")
        return taken

    def first_sound(self, runs: int) -> dict[str, list[tuple[float, float]]]:
        """Return seconds from the start of `play` to its first sample and to its first word, as recorded."""
        if missing_tools():
            self.missing.append("pulseaudio")
            return {}
        found: dict[str, list[tuple[float, float]]] = {"play, cold": [], "play, warm": []}
        with open_ear() as ear:
            for _ in range(runs):
                self._emptied()
                for taken in found.values():
                    with ear.recording() as recording:
                        taken.append(self._heard(recording, ear.env))
        return found

    def _heard(self, recording: Recording, env: dict[str, str]) -> tuple[float, float]:
        before, began = len(recording.pcm), time.perf_counter()
        command = [sys.executable, "-m", "voicecoach", "play", "bird-dog", "--plain"]
        env = {**self._env(VOICECOACH_CACHE=str(self._other)), **env, "VOICECOACH_CACHE": str(self._other)}
        env["PYTHONPATH"] = str(ROOT)
        null = subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=self.folder, env=env, stdout=null, stderr=null)
        first = 0.0
        try:
            while (now := time.perf_counter() - began) < _PATIENCE_S:
                heard = abs(recording.pcm[before:].astype(int)).max(initial=0)
                first = first or now * bool(heard)
                if heard > _ONSET:
                    return first, now
                time.sleep(0.005)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
        raise SystemExit("nothing was heard of voicecoach play")

    def _timed(self, run: Callable[[], None]) -> Taken:
        began = time.perf_counter()
        self._peak_mib = 0.0
        run()
        return Taken(time.perf_counter() - began, self._peak_mib)

    def _env(self, **env: str) -> dict[str, str]:
        # An installed copy has its modules compiled, whatever the surroundings say of this one.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**inherited, "PYTHONPATH": str(ROOT), "VOICECOACH_CACHE": str(self._warm), **env}

    def _run(self, command: list[str], **env: str) -> None:
        null = subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=self.folder, env=self._env(**env), stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)[:200]} failed with {process.returncode}")
        self._peak_mib = max(self._peak_mib, usage.ru_maxrss / 1024)

    def _ours(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "voicecoach", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=self._env(), capture_output=True, text=True, check=True)
        return done.stdout

    def _none(self, *arguments: str, **env: str) -> None:
        self._run([sys.executable, "-m", "voicecoach", *arguments], **env)

    def _python(self, code: str, *arguments: str) -> None:
        self._run([sys.executable, "-c", code, *arguments])

    def _again(self, *flags: str) -> None:
        self._none("export", *SESSION, "-o", "o.mp3", *flags, VOICECOACH_CACHE=str(self._other))

    def _emptied(self) -> None:
        shutil.rmtree(self._other, ignore_errors=True)

    def _copied(self) -> None:
        self._emptied()
        shutil.copytree(self._warm, self._other)

    def _peer(self) -> None:
        names = {"ssml": "session.ssml", "wav": "peer.wav", "mp3": "peer.mp3"}
        for command in (ESPEAK, FFMPEG):
            self._run([part.format(**names) for part in command])

    def _naive(self) -> None:
        with tempfile.TemporaryDirectory(dir=self.folder) as clips:
            self._python(NAIVE, "script.json", clips, "naive.mp3")

    def _has(self, program: str) -> bool:
        if shutil.which(program):
            return True
        self.missing.append(program)
        return False
