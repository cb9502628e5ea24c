"""A real pseudo-terminal with a program in front of it: keys are pressed, and what is shown is read."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bounds import HANG_S
from tests.cli.running import in_front

ROOT = Path(__file__).parents[2]
PATIENCE_S = HANG_S


class PtyTerminal:
    """The terminal, and the program that runs in it."""

    def __init__(self, command: list[str], env: Mapping[str, str], cwd: Path) -> None:
        self._outer, self._inner = pty.openpty()
        self._is_open = True
        self.before = self.settings()
        self.screen = ""
        self.child = subprocess.Popen(
            in_front(*command), stdin=self._inner, stdout=self._inner, stderr=self._inner,
            env=dict(env), cwd=cwd, start_new_session=True,
        )  # fmt: skip

    def settings(self) -> list[Any]:
        """Return the settings of the terminal, as a shell would find them."""
        return termios.tcgetattr(self._inner)

    def in_front(self) -> int:
        """Return the process group in front of the terminal."""
        return os.tcgetpgrp(self._outer)

    def reset(self) -> None:
        """Give the terminal its first settings, as a shell does for the next program."""
        termios.tcsetattr(self._inner, termios.TCSANOW, self.before)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._outer, keys.encode())

    def shows(self, text: str) -> None:
        """Wait until a text is shown; fail where it does not come."""
        until = time.monotonic() + PATIENCE_S
        while text not in self.screen:
            assert time.monotonic() < until, f"{text!r} is not shown:\n{self.screen}"
            self.read(0.05)

    def read(self, seconds: float) -> None:
        """Take in what is shown for that long."""
        until = time.monotonic() + seconds
        while (left_s := until - time.monotonic()) > 0:
            if select.select([self._outer], [], [], left_s)[0]:
                try:
                    self.screen += os.read(self._outer, 65536).decode(errors="replace")
                except OSError:
                    return

    def ends(self) -> int:
        """Wait for the end of the program, and return its exit code."""
        until = time.monotonic() + PATIENCE_S
        while self.child.poll() is None:
            assert time.monotonic() < until, f"it does not end:\n{self.screen}"
            self.read(0.05)
        self.read(0.05)
        return self.child.returncode

    def hang_up(self) -> None:
        """Close the terminal under the program, as who closes its window does."""
        if self._is_open:
            os.close(self._outer)
            os.close(self._inner)
        self._is_open = False

    def close(self) -> None:
        """End everything."""
        self.child.terminate()
        try:
            self.child.wait(PATIENCE_S / 10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.hang_up()


@contextmanager
def in_terminal(*command: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Iterator[PtyTerminal]:
    """Run `python COMMAND...` in front of a terminal of its own."""
    own = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **(env or {})}
    terminal = PtyTerminal([sys.executable, *command], own, cwd)
    try:
        yield terminal
    finally:
        terminal.close()
