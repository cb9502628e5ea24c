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
    made = os.memfd_create("made")
    process = os.getpid()
    try:
        copy = os.fork()
        if not copy:
            _leave(work, made, process)
        _, status = os.waitpid(copy, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            os.kill(process, -code)
        if code:
            raise ChildProcessError
        return os.pread(made, os.fstat(made).st_size, 0)
    finally:
        os.close(made)


def _leave(work: Callable[[], bytes], made: int, process: int) -> None:
    """In the copy: do the work, leave what it makes in the file `made`, and end."""
    try:
        if _HERE:
            _HERE.prctl(_ON_PARENTS_DEATH, signal.SIGKILL)
        if os.getppid() == process:
            content = memoryview(work())
            while content:
                content = content[os.write(made, content) :]
            os._exit(0)
    finally:
        os._exit(1)
