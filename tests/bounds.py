"""Bounds against work that explodes: of processor time, which is the same on a busy machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within_cpu_s(most_s: float) -> Iterator[None]:
    """Fail where what is done within takes more seconds of this process's time than `most_s`."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < most_s
