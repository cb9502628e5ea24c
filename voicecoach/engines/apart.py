"""Work done in a copy of the process, so that what it changes is forgotten with the copy."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_ON_PARENTS_DEATH = 1
"""PR_SET_PDEATHSIG of Linux's prctl(2)."""

_HERE = ctypes.CDLL(None) if sys.platform == "linux" else None
_AT_ONCE = 1 << 20  # bytes


class CopyError(Exception):
    """What the work in the copy raised, in words."""


def apart(work: Callable[[], bytes]) -> bytes:
    """Return what `work` makes, done in a copy of this process; raises CopyError with what it raises there.

    Where the copy is ended by a signal, this process is too. Elsewhere than on Linux, where a copy would not
    end with its process, `work` is done here.
    """
    if sys.platform != "linux":
        return work()
    source, sink = os.pipe()
    process = os.getpid()
    copy = os.fork()
    if not copy:
        _leave(work, sink, process)
    os.close(sink)
    made = []
    while some := os.read(source, _AT_ONCE):
        made.append(some)
    os.close(source)
    _, status = os.waitpid(copy, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        os.kill(process, -code)
    if code:
        raise CopyError(b"".join(made).decode("utf-8", "replace"))
    return b"".join(made)


def _leave(work: Callable[[], bytes], sink: int, process: int) -> None:
    """In the copy: do the work, write what it makes or why it made nothing, and end."""
    code = 1
    try:
        if _HERE:
            _HERE.prctl(_ON_PARENTS_DEATH, signal.SIGKILL)
        if os.getppid() == process:
            try:
                made, code = work(), 0
            except Exception as error:  # noqa: BLE001 - whatever it is, the process is to hear of it
                made = (str(error) or type(error).__name__).encode("utf-8", "replace")
            left = memoryview(made)
            while left:
                left = left[os.write(sink, left) :]
    finally:
        os._exit(code)
