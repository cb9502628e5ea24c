"""The wish to stop, by Ctrl-C or another signal: raised where it harms nothing, and never lost."""

import _thread
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

# Who closes a window may send a signal several times: what follows the first so soon is the same wish.
_BURST_S = 1.0

_AGAIN_S = 0.02
# Ten times what the slowest import takes: one that lasts longer hangs, as on a drive that is gone.
_IMPORT_S = 2.0

_IMPORT = "<frozen importlib."


class Stopped(BaseException):
    """SIGINT, SIGTERM, SIGHUP or SIGQUIT asks to stop. Not an Exception, so that nothing takes it for a failure."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


class StopSignals:
    """Raises `stopped`, made of the signal's number, where a signal asks to stop.

    An import that is broken off may keep its lock, for which another thread then waits for ever; so it is
    waited for, a while. A callback of the garbage collector drops what it raises; so that is asked for again.
    """

    def __init__(self, stopped: Callable[[int], BaseException] = Stopped) -> None:
        self._stopped = stopped
        self._raised: tuple[int, BaseException] | None = None
        self._heard_s = self._wished_s = -_BURST_S
        self._is_owed = False

    def listen(self) -> None:
        """Take the signals from now on, in the main thread; those ignored on purpose stay ignored."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
            number = getattr(signal, name, None)
            # Started in the background or by nohup, some are ignored on purpose.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                with contextlib.suppress(ValueError):  # not in the main thread
                    signal.signal(number, self._stop)
        sys.unraisablehook = self._dropped

    def _stop(self, number: int, frame: FrameType | None) -> None:
        before_s, self._heard_s = self._heard_s, time.monotonic()
        if not self._is_owed:
            if self._heard_s - before_s < _BURST_S:
                return
            self._wished_s = self._heard_s
        self._is_owed = self._heard_s - self._wished_s < _IMPORT_S and _is_importing(frame)
        if self._is_owed:
            _ask_again(number)
        else:
            self._raised = number, self._stopped(number)
            raise self._raised[1]

    def _dropped(self, what: "sys.UnraisableHookArgs") -> None:
        if self._raised and what.exc_value is self._raised[1]:
            self._is_owed = True
            _ask_again(self._raised[0])
        else:
            sys.__unraisablehook__(what)


def _is_importing(frame: FrameType | None) -> bool:
    while frame and not frame.f_code.co_filename.startswith(_IMPORT):
        frame = frame.f_back
    return frame is not None


def _ask_again(number: int) -> None:
    """Send the signal once more, a moment later."""

    def send() -> None:
        time.sleep(_AGAIN_S)
        if sys.platform == "win32":
            signal.raise_signal(number)
        else:
            os.kill(os.getpid(), number)  # and not to this thread: the main one may be waiting in a call

    # Not a threading.Thread: its start takes locks, which the code that was interrupted may hold.
    _thread.start_new_thread(send, ())
