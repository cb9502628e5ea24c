"""A limit to what a stranger's file may take: a library in C allocates what its numbers say, unchecked."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BYTES = 400_000_000
"""What may be allocated beside what the process has already; about 60 MB, when a file is verified."""

_STATM = Path("/proc/self/statm")
_DATA_PAGES = 5  # the field of `statm` that counts data and stack


@contextmanager
def limit_memory() -> Iterator[None]:
    """Let whatever is allocated within fail with MemoryError beyond `MOST_BYTES`.

    On Linux alone: other systems have no such limit, or take it and do not hold to it. There the checks of
    each number of a header stand by themselves.
    """
    if sys.platform != "linux" or not _STATM.exists():
        yield
        return
    import resource  # only POSIX has it

    before = resource.getrlimit(resource.RLIMIT_DATA)
    now = int(_STATM.read_text(encoding="ascii").split()[_DATA_PAGES]) * resource.getpagesize()
    lowest = min((each for each in before if each != resource.RLIM_INFINITY), default=now + MOST_BYTES)
    resource.setrlimit(resource.RLIMIT_DATA, (min(now + MOST_BYTES, lowest), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
