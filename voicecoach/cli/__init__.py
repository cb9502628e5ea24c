"""The command line: arguments, wiring, messages and exit codes."""

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # So many new objects are looked through for cycles at once: an import makes thousands that all stay.
    gc.set_threshold(50_000)
    try:
        # Here, so that Ctrl-C is met while it loads, too.
        from voicecoach.cli.run import run

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)  # the exit code of SIGINT, as shells have it
    finally:
        # What is left goes with the process: nobody looks through it for cycles once more.
        gc.freeze()
