"""Children that fail on purpose: a few lines of Python that speak the frames of the package."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PRELUDE = f"""\
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
from voicecoach.processes.frames import *

def say(kind, payload=b"", **fields):
    write_frame(sys.stdout.buffer.write, Frame(kind, fields, payload))
    sys.stdout.flush()

def hear():
    return read_frame(sys.stdin.buffer.read)

def answer(payload=b""):
    say("answer", payload, number=hear().fields["number"], why="no", rate_hz=0)

def babble():
    print("Audio saved to, and more of it", flush=True)

starts = 1 + os.path.getsize(sys.argv[1])
with open(sys.argv[1], "a") as log:
    log.write(".")
"""
"""`starts` counts the processes of a test, this one included."""


class Double:
    """A child of those lines in a folder of the test's own."""

    def __init__(self, folder: Path, lines: str) -> None:
        script = folder / "double.py"
        script.write_text(f"{PRELUDE}\n{lines}\n", encoding="utf-8")
        self._log = folder / "starts"
        self._log.touch()
        self.command = (sys.executable, str(script), str(self._log))

    @property
    def starts(self) -> int:
        """How many processes were started."""
        return self._log.stat().st_size
