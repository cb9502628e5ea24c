"""Runs a program as a shell does in front of a person: `python -IS tests/front.py COMMAND...`.

It hears the signals that stop it, even where the tests themselves run in the background, and a terminal at
standard input is its own. Coverage leaves it alone: a signal in the midst of its tracer leaves a lock behind.
All this in a process of its own, and not between fork and exec: there, Python may wait for ever for a lock
that a thread of the tests held.
"""

import os
import signal
import sys


def main(*command: str) -> None:
    """Become the program."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(name, signal.SIG_DFL)
    if os.isatty(0):
        import fcntl
        import termios

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    os.execv(command[0], command)  # noqa: S606 - what the test names


if __name__ == "__main__":
    main(*sys.argv[1:])
