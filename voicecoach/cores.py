"""The cores of this machine, and how many of them this process may keep busy."""

import os

MOST_WORKERS = 4
"""Of engines, or of encoders, in one process."""

CORES = os.cpu_count() or 1

# Read as NumPy is imported: matrices are small here, and its own threads take cores from encoders by waiting.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Share:
    processes = 1


def share_cores(processes: int) -> None:
    """Say that so many processes like this one work at once."""
    _Share.processes = max(1, processes)


def worker_count() -> int:
    """Return how many things this process may do at once."""
    return max(1, min(MOST_WORKERS, CORES // _Share.processes))
