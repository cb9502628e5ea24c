"""Several engines at once, for work that can be shared out."""

from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import TypeVar

from voicecoach.cores import hands
from voicecoach.engines import Engine

Wanted = TypeVar("Wanted")
Made = TypeVar("Made")


def shared_out(
    wanted: Sequence[Wanted],
    make: Callable[[Engine, Wanted], Made],
    own: Engine,
    factory: Callable[[], Engine],
) -> Iterator[Made]:
    """Yield what `make` makes of each wanted, in their order, in as many engines at once as `hands`.

    One is the caller's `own`; the others are made here, and let go of at the end. Raises what `make` raises.
    """
    from concurrent.futures import ThreadPoolExecutor

    at_once = hands()
    others = [factory() for _ in range(at_once - 1)]
    free: SimpleQueue[Engine] = SimpleQueue()
    for engine in (own, *others):
        free.put(engine)

    failed: list[Exception] = []

    def made(each: Wanted) -> Made:
        if failed:  # or hung: the rest would be waited for in vain
            raise failed[0]
        engine = free.get()
        try:
            return make(engine, each)
        except Exception as error:
            failed.append(error)
            raise
        finally:
            free.put(engine)

    try:
        with ThreadPoolExecutor(at_once) as pool:
            yield from pool.map(made, wanted)
    finally:
        for engine in others:
            engine.close()
