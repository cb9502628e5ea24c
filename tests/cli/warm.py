"""A process that has loaded the program and waits: each command line runs in a fork of it, as if just begun.

A command line loads for a third of a second and is refused in a hundredth: this pays the loading once. What
runs is the real program in a process of its own, with its own signals, folder, environment and output, and
nothing of one run is left for the next. What an interpreter decides as it starts (`AT_START`) cannot change.
"""

import contextlib
import json
import os
import pkgutil
import socket
import sys
import warnings
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

AT_START = ("PYTHON", "LC_", "LANG", "LD_", "TZ")
"""How the names of variables begin that an interpreter, or the C library, reads but once."""

_LIBRARIES = ("av", "lameenc", "numpy", "platformdirs", "pydantic", "rich.progress", "ruamel.yaml", "typer")
"""What the program loads when it needs it, and most command lines need."""


def load() -> None:
    """Load all modules of the program, other platforms' aside, and the libraries."""
    import voicecoach

    modules = (
        each.name
        for each in pkgutil.walk_packages(voicecoach.__path__, "voicecoach.")
        if not each.name.endswith("__main__")
    )
    for name in (*modules, *_LIBRARIES):
        with contextlib.suppress(ImportError):
            import_module(name)


def serve(asked: socket.socket) -> list[str]:
    """Answer each request with the number of the process that runs it, then with its exit code.

    Returns in the fork, which has then become what was asked for: the words of its command line.
    """
    while True:
        size, streams, _, _ = socket.recv_fds(asked, 4, 3)
        if not size:
            raise SystemExit
        request = json.loads(_exactly(asked, int.from_bytes(size)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # NumPy has threads, and minds them
            number = os.fork()
        if number == 0:
            asked.close()
            _become(request, streams)
            return list(request["arguments"])
        for each in streams:
            os.close(each)
        asked.sendall(b"%d\n" % number)
        asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]))


def _exactly(asked: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        got += asked.recv(size - len(got))
    return got


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Take over the folder, environment and standard streams that were asked for."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    for number, each in enumerate(streams):
        os.dup2(each, number)
        os.close(each)
    sys.stdin, sys.stdout, sys.stderr = _opened(0, "r"), _opened(1, "w"), _opened(2, "w")
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
    sys.stderr.reconfigure(errors="backslashreplace", line_buffering=True)
    program = Path(sys.modules["voicecoach"].__path__[0]) / "__main__.py"
    sys.argv = [str(program), *request["arguments"]]
    sys.path[0] = request["cwd"]  # as `python -m` has it


def _opened(number: int, mode: str) -> TextIOWrapper:
    return cast("TextIOWrapper", open(number, mode, encoding="utf-8", closefd=False))


if __name__ == "__main__":
    load()
    serve(socket.socket(fileno=int(sys.argv[1])))
    from voicecoach.cli import main

    main()
