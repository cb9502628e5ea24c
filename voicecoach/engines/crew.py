"""Several engines at once, for work that can be shared out."""

import os
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import TypeVar

from voicecoach.engines import Engine

HANDS = min(4, os.cpu_count() or 1)
"""How many engines work at once."""

Wanted = TypeVar("Wanted")
Made = TypeVar("Made")


def shared_out(
    wanted: Sequence[Wanted],
    make: Callable[[Engine, Wanted], Made],
    own: Engine,
    factory: Callable[[], Engine],
) -> Iterator[Made]:
    """Yield what `make` makes of each that is wanted, in their order, in `HANDS` engines at once.

    One is the caller's `own`; the others are made here, and let go of at the end. Raises what `make` raises.
    """
    from concurrent.futures import ThreadPoolExecutor

    others = [factory() for _ in range(HANDS - 1)]
    free: SimpleQueue[Engine] = SimpleQueue()
    for engine in (own, *others):
        free.put(engine)

    def made(each: Wanted) -> Made:
        engine = free.get()
        try:
            return make(engine, each)
        finally:
            free.put(engine)

    try:
        with ThreadPoolExecutor(HANDS) as pool:
            yield from pool.map(made, wanted)
    finally:
        for engine in others:
            engine.close()
