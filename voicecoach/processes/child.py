"""Processes of this package's own: how one is run, how it keeps its pipes to itself, how its end is told."""

import os
import signal
import sys
from typing import BinaryIO

_BOOT = (
    "import sys; root, module, *words = sys.argv[1:]; root in sys.path or sys.path.insert(0, root); "
    "from importlib import import_module; import_module(module).main(*words)"
)


def child_command(module: str, *words: str) -> tuple[str, ...]:
    """Return how this very interpreter calls `main(*words)` of a module of this very package.

    Whatever the current folder holds plays no part.
    """
    from pathlib import Path  # a child does without

    return (sys.executable, "-P", "-c", _BOOT, str(Path(__file__).resolve().parents[2]), module, *words)


def private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """In a child: keep the pipes to the program for ourselves, as what a library prints goes nowhere."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    sys.stdout = sys.stderr
    return source, sink


def ending(code: int | None) -> str:
    """Return how a process ended, in words: its exit code, or the name of the signal that ended it."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
