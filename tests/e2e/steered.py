"""A session that plays into a sound server while the test steers it from outside."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bounds import HANG_S
from tests.cli.running import command, environment, in_front, run
from tests.e2e.seeking import RATE_HZ
from tests.ear import Ear, Recording

PATIENCE_S = HANG_S

SESSION = """\
title: Two holds
exercises:
  - name: Seat squeeze
    steps: ["Squeeze, and let go."]
    hold: 20s
    reps: 2
    sets: 1
  - name: Heel press
    steps: ["Press, and let go."]
    hold: 7s
    reps: 1
    sets: 1
"""
FLAGS = ("--detail", "minimal", "--plain", "--verbose")


class Playing:
    """The program that plays, what it tells, and when the test last commanded what."""

    def __init__(self, folder: Path, ear: Ear, *more: str) -> None:
        (folder / "two.yaml").write_text(SESSION, encoding="ascii")
        self.folder = folder
        self.env = {**environment(), **ear.env, "VOICECOACH_CACHE": str(folder / "clips")}
        # What is heard is then what is in the cache: a clip that two processes make differs a little.
        printed = run("script", "two.yaml", *FLAGS, "--json", cwd=folder, env=self.env)
        self.first_hold_ms: int = json.loads(printed.stdout)["holds"][0]["start_ms"]
        self.told = folder / "told.txt"
        with self.told.open("w") as out:
            self.child = subprocess.Popen(
                in_front(*command("play", "two.yaml", *FLAGS, *more)), cwd=folder, env=self.env,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip

    def ctl(self, word: str) -> dict[str, Any]:
        """Send a command as a person does, and return its answer."""
        done = run("ctl", word, "--json", cwd=self.folder, env=self.env)
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def until(self, claim: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait until the session's status is so."""
        end = time.monotonic() + PATIENCE_S
        while True:
            done = run("ctl", "status", "--json", cwd=self.folder, env=self.env)
            if done.returncode == 0 and claim(answer := json.loads(done.stdout)):
                return answer  # type: ignore[no-any-return]
            assert self.child.poll() is None, self.told.read_text()
            assert time.monotonic() < end, (done.stdout, done.stderr, self.told.read_text())
            time.sleep(0.2)

    def until_told(self, words: str) -> None:
        """Wait until the program tells something."""
        end = time.monotonic() + PATIENCE_S
        while words not in self.told.read_text():
            assert self.child.poll() is None, self.told.read_text()
            assert time.monotonic() < end, self.told.read_text()
            time.sleep(0.05)

    def ends(self) -> int:
        """Wait for its end, and return the exit code."""
        return self.child.wait(PATIENCE_S)


def now_ms(recording: Recording) -> float:
    """Return how much has been recorded."""
    return recording.path.stat().st_size / 2 * 1000 / RATE_HZ
