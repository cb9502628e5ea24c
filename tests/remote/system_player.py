"""A process for media buttons whose system is a folder: what is shown lies there, and what was pressed.

`run_folder(FOLDER, HOW)`; HOW is how it fails, "" where it does not.
"""

import json
import os
import time
from dataclasses import asdict
from pathlib import Path

from voicecoach.player.commands import Command
from voicecoach.remote import Obey
from voicecoach.remote.buttons import serve
from voicecoach.remote.track import Track


class Folder:
    """A player whose screen and buttons are files."""

    def __init__(self, folder: Path, press: Obey, how: str) -> None:
        self._folder, self._press, self._how = folder, press, how
        if how == "fails":
            raise RuntimeError("no such\nsystem")
        if how == "crashes":
            os._exit(7)

    def show(self, track: Track, position_us: int) -> None:
        beside = self._folder / "shown.new"
        beside.write_text(json.dumps({**asdict(track), "position_us": position_us}), encoding="utf-8")
        beside.replace(self._folder / "shown")

    def turn(self, seconds: float) -> None:
        if self._how == "hangs":
            time.sleep(60)
        if self._how == "fails later":
            raise KeyError
        pressed = self._folder / "pressed"
        if pressed.exists():
            word = pressed.read_text(encoding="ascii")
            pressed.unlink()
            self._press(Command(word))
        time.sleep(seconds)


def run_folder(folder: str, how: str) -> None:
    """Be that player until the program closes the pipe."""
    serve(lambda press: Folder(Path(folder), press, how))
