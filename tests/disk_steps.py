"""A file replaced in many writes, each call to the system watched, so that any can be made to fail."""

import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voicecoach.files.replacement import replacing

NEW = b"the new one " * 5000
Fault = Callable[[int, str, str], None]
"""What is asked before a call: with how many were done, its name, and the file it is about."""


def write(path: Path) -> None:
    """Replace a file, in several writes of the system's own."""
    with replacing(str(path)) as beside:
        number = os.open(beside, os.O_WRONLY)
        try:
            for start in range(0, len(NEW), 10_000):
                os.write(number, NEW[start : start + 10_000])
        finally:
            os.close(number)


@contextmanager
def watched(fault: Fault = lambda *_: None) -> Iterator[list[str]]:
    """Give the names of the calls that change a disk, as they are done."""
    done: list[str] = []
    kept = [(os, each) for each in ("open", "write", "fsync", "chmod", "replace")]
    real = [(owner, name, getattr(owner, name)) for owner, name in [*kept, (io, "open")]]

    def watch(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the system's calls take
            what = f"{name} {_kind(given[0])}"
            fault(len(done), what, str(given[0]))
            result = call(*given, **more)
            done.append(what)
            return result

        return called

    try:
        for owner, name, call in real:
            setattr(owner, name, watch(name, call))
        yield done
    finally:
        for owner, name, call in real:
            setattr(owner, name, call)


def _kind(file: int | str | Path) -> str:
    """Return what a call is about: a file, which may not be there yet, or a folder."""
    try:
        return "folder" if stat.S_ISDIR(os.stat(file).st_mode) else "file"  # noqa: PTH116 - or a descriptor
    except FileNotFoundError:
        return "file"
