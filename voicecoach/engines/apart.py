"""Work done in a copy of the process, so that what it changes is forgotten with the copy."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_ON_PARENTS_DEATH = 1
"""PR_SET_PDEATHSIG of Linux's prctl(2)."""

_HERE = ctypes.CDLL(None) if sys.platform == "linux" else None


def apart(work: Callable[[], bytes]) -> bytes:
    """Return what `work` makes, done in a copy of this process; raises ChildProcessError where it raises.

    Where the copy is ended by a signal, this process is too. Elsewhere than on Linux, where a copy would not
    end with its process, `work` is done here.
    """
    if sys.platform != "linux":
        return work()
    source, sink = os.pipe()
    process = os.getpid()
    copy = os.fork()
    if not copy:
        _send(work, sink, process)
    os.close(sink)
    with os.fdopen(source, "rb") as made:
        content = made.read()
    _, status = os.waitpid(copy, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        os.kill(process, -code)
    if code:
        raise ChildProcessError
    return content


def _send(work: Callable[[], bytes], sink: int, process: int) -> None:
    """In the copy: do the work, and end."""
    try:
        if _HERE:
            _HERE.prctl(_ON_PARENTS_DEATH, signal.SIGKILL)
        if os.getppid() == process:
            with os.fdopen(sink, "wb") as made:
                made.write(work())
            os._exit(0)
    finally:
        os._exit(1)
