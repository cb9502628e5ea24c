"""Several engines at once, for work that can be shared out."""

from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import TypeVar

from voicecoach.clip import Pcm
from voicecoach.cores import worker_count
from voicecoach.engines import Engine

Wanted = TypeVar("Wanted")
Made = TypeVar("Made")


class EnginePool:
    """Engines of a kind that speak at once: any thread may ask, and whichever is free answers.

    One is the caller's `own`; the others, up to `size` or as many as this process may, are made here and let
    go of by `close`. After the first failure nothing more is asked of any of them: where one hangs, the rest
    would be waited for in vain.
    """

    def __init__(self, own: Engine, factory: Callable[[], Engine], size: int = 0) -> None:
        # It brings logging (5 ms), and who has all sounds needs no pool.
        from concurrent.futures import ThreadPoolExecutor

        size = size or worker_count()
        self._others = [factory() for _ in range(size - 1)]
        self._free: SimpleQueue[Engine] = SimpleQueue()
        for engine in (own, *self._others):
            self._free.put(engine)
        # One more than can speak, which finishes what was spoken.
        self._pool = ThreadPoolExecutor(size + 1)
        self._failed: Exception | None = None

    def render(self, text: str, voice: str, nominal_wpm: int) -> "tuple[Pcm, int]":
        """Speak as an engine does; raises EngineError."""
        engine = self._free.get()
        if self._failed:
            self._free.put(engine)
            raise self._failed
        try:
            return engine.render(text, voice, nominal_wpm)
        except Exception as error:
            self._failed = error
            raise
        finally:
            self._free.put(engine)

    def each(self, make: Callable[[Wanted], Made], wanted: Iterable[Wanted]) -> Iterator[Made]:
        """Begin at once, and return what `make` makes of each wanted, in order; it may ask `render`."""
        return self._pool.map(make, wanted)

    def close(self) -> None:
        """Begin nothing more, and let go of all engines but the caller's own, which is waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for engine in self._others:
            engine.close()
        self._pool.shutdown()
