"""The command line: arguments, wiring, messages and exit codes."""

import sys

INTERRUPTED = 130
"""The exit code of SIGINT, as shells have it."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from voicecoach.cli.run import run

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
