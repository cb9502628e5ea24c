"""Bounds that hold on a busy machine: of processor time, and of waiting for what may hang."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

HANG_S = 300.0
"""So long waits only what hangs, on however busy a machine."""


@contextmanager
def within_cpu_s(most_s: float) -> Iterator[None]:
    """Fail where what is done within takes more seconds of this process's time than `most_s`."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < most_s
