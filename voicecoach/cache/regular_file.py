"""Opening what should be an ordinary file, and is perhaps a pipe that never ends or a link to somewhere."""

import os
import stat
from pathlib import Path

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting for the other end of a pipe, without following a link, where the platform has these."""


def open_regular(path: Path, flags: int) -> int:
    """Return the number of a file opened with `flags` of `os.open`; raises OSError for what is no file."""
    number = os.open(path, flags | _AT_ONCE, 0o666)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(f"{path} is no ordinary file")
    return number


def read_regular(path: Path, most_bytes: int) -> bytes | None:
    """Return the bytes of a file, None where there is none or more than `most_bytes`."""
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
            return file.read() if os.fstat(file.fileno()).st_size <= most_bytes else None
    except OSError:
        return None
