"""A terminal that gives single keys without their echo, and is always left as it was found."""

import atexit
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any


class KeyTerminal:
    """The settings of the terminal at standard input, through a stop by Ctrl-Z and back."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None
        self._was_away = False

    def enter(self) -> None:
        """Turn off echo and lines; signals like Ctrl-C stay signals. Main thread only."""
        if sys.platform == "win32":
            return
        import termios

        with suppress(termios.error):
            self._before = termios.tcgetattr(sys.stdin.fileno())
            self._single_keys()
            # Where something else ends the program, the shell still finds its terminal.
            atexit.register(self.leave)
            with suppress(ValueError):  # not in the main thread
                signal.signal(signal.SIGTSTP, self._step_aside)

    def leave(self) -> None:
        """Restore the terminal; once is as good as twice."""
        if self._before is None or sys.platform == "win32":
            return
        self._restore()
        self._before = None
        atexit.unregister(self.leave)
        with suppress(ValueError):
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)

    def came_back(self) -> bool:
        """Return whether the program was stopped and continued since this was last asked."""
        was_away, self._was_away = self._was_away, False
        return was_away

    def _step_aside(self, number: int, _: FrameType | None) -> None:
        """Leave the terminal to the shell, stop, and take it again when continued in front."""
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._step_aside)
        self._was_away = True
        if self._before is not None and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp():
            self._single_keys()

    def _restore(self) -> None:
        import termios

        with suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before or [])

    def _single_keys(self) -> None:
        import termios
        import tty

        tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
