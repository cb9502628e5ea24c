"""The least of a shell: a program in front of the terminal; Ctrl-Z stops it, the return key brings it back.

`python -m tests.remote.shell front|behind PROGRAM...`; behind, the terminal stays the shell's.
"""

import os
import signal
import subprocess
import sys


def main(where: str, *command: str) -> int:
    """Run the program to its end, through all its stops."""
    child = subprocess.Popen(command, process_group=0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.kill())
    if where == "front":
        os.tcsetpgrp(0, child.pid)
    while True:
        _, status = os.waitpid(child.pid, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        sys.stdout.write("<stopped>\n")
        sys.stdout.flush()
        sys.stdin.readline()
        os.tcsetpgrp(0, child.pid)
        os.killpg(child.pid, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
