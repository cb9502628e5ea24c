"""A terminal that gives single keys without their echo, and is always left as it was found."""

import atexit
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

if sys.platform != "win32":
    import termios
    import tty


def is_in_front() -> bool:
    """Return whether standard input is a terminal, and this program the one that may read it."""
    try:
        number = sys.stdin.fileno()
        # To read, or to change the terminal, from behind another program would stop this one.
        return os.isatty(number) and (sys.platform == "win32" or os.tcgetpgrp(number) == os.getpgrp())
    except (AttributeError, OSError, ValueError):
        return False


class KeyTerminal:
    """The settings of the terminal at standard input, through a stop, by Ctrl-Z above all, and back."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None
        self._was_away = False

    def enter(self) -> None:
        """Turn off echo and lines; signals like Ctrl-C stay signals. Main thread only."""
        if sys.platform == "win32":
            return
        with suppress(termios.error):
            self._before = termios.tcgetattr(sys.stdin.fileno())
            self._single_keys()
            # Where something else ends the program, the shell still finds its terminal.
            atexit.register(self.leave)
            with suppress(ValueError):  # not in the main thread
                signal.signal(signal.SIGTSTP, self._step_aside)
                signal.signal(signal.SIGCONT, self._come_back)

    def leave(self) -> None:
        """Restore the terminal; once is as good as twice."""
        if self._before is None or sys.platform == "win32":
            return
        self._restore()
        self._before = None
        atexit.unregister(self.leave)
        with suppress(ValueError):
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def came_back(self) -> bool:
        """Return whether the program was stopped and continued since this was last asked."""
        was_away, self._was_away = self._was_away, False
        return was_away

    def _step_aside(self, number: int, _: FrameType | None) -> None:
        """Leave the terminal to the shell, and stop."""
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._step_aside)

    def _come_back(self, _: int, __: FrameType | None) -> None:
        """Take the terminal again when continued in front of it, however the program was stopped."""
        self._was_away = True
        if self._before is not None and is_in_front():
            self._single_keys()

    def _restore(self) -> None:
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before or [])

    def _single_keys(self) -> None:
        tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
