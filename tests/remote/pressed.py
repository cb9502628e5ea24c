"""A program that listens to keys and says what they command, for tests that press them from outside.

`python -m tests.remote.pressed [HOW]`; HOW is how it ends: "stop" by the key q, "error" by an exception after
the first key; "paused" is a session that stands, and ends by the key q.
"""

import sys
import time
from contextlib import ExitStack
from dataclasses import replace

from tests.remote.watched import STATUS
from voicecoach.cli.stopping import Stopped, StopSignals
from voicecoach.player.commands import Command, State
from voicecoach.remote.keys import listen_to_keys

keys = ExitStack()  # here, as one that is let go of would leave the terminal


def main(how: str = "stop") -> int:
    """Listen until the end; the exit code is that of the command line."""
    StopSignals().listen()
    heard: list[Command] = []

    def obey(command: Command) -> None:
        heard.append(command)
        sys.stdout.write(f"<{command}>\n")
        sys.stdout.flush()

    standing = replace(STATUS, state=State.PAUSED) if how == "paused" else STATUS
    keys.enter_context(listen_to_keys(obey, lambda: standing, print))
    sys.stdout.write("<listening>\n")
    sys.stdout.flush()
    try:
        while Command.STOP not in heard:
            time.sleep(0.02)
            if how == "error" and heard:
                raise RuntimeError("broken")
            if how == "abrupt" and heard:
                sys.exit(3)
    except Stopped as stopped:
        return stopped.exit_code
    finally:
        if how != "abrupt":
            keys.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
