"""Reading ahead: a thread fills a short queue, and the device's callback takes from it without waiting."""

import threading
from collections import deque
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import numpy as np

from voicecoach.audio import Pcm

AHEAD_S = 2.0
"""How much sound is kept ready: more than a long sentence takes to be made."""

_PARTING_S = 1.0  # how long a block that is just being made may take before its thread is left to itself


class Feed:
    """Reads `blocks` in a thread while it is entered, and gives them out in pieces of any length.

    `given` counts the samples of `blocks` given out, `late` the samples of silence that had to stand in
    for blocks that were not ready.
    """

    def __init__(self, blocks: Iterator[Pcm], rate_hz: int, ahead_s: float = AHEAD_S) -> None:
        self.given = 0
        self.late = 0
        self._blocks = blocks
        self._most = max(1, round(ahead_s * rate_hz))
        self._ready: deque[Pcm] = deque()
        self._waiting = 0
        self._error: BaseException | None = None
        self._all_read = False
        self._leaving = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, name="voicecoach-feed", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._leaving = True
            self._changed.notify_all()
        self._thread.join(_PARTING_S)

    def take(self, samples: int) -> Pcm:
        """Return exactly that many samples, at once: silence where none are ready or all are given out."""
        sound = np.zeros(samples, np.int16)
        at = 0
        with self._changed:
            while self._ready and at < samples:
                block = self._ready.popleft()
                part = block[: samples - at]
                sound[at : at + len(part)] = part
                at += len(part)
                if len(part) < len(block):
                    self._ready.appendleft(block[len(part) :])
            self._waiting -= at
            self._changed.notify_all()
            self.given += at
            if self.given and not self._all_read:
                self.late += samples - at
        return sound

    def wait_for(self, samples: int, seconds: float) -> bool:
        """Wait until so many samples, or all that is left, are ready; False where that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: self._all_read or self._waiting >= samples, seconds)

    @property
    def all_given(self) -> bool:
        """Whether nothing is left to give out."""
        return self._all_read and not self._ready

    def check(self) -> None:
        """Raise what `blocks` raised, if it did."""
        if self._error:
            raise self._error

    def _read(self) -> None:
        try:
            for block in self._blocks:
                if not self._offered(block):
                    break
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that listens
            self._error = error
        with self._changed:
            self._all_read = True
            self._changed.notify_all()
        # Only the thread that runs a generator may close it: what it holds is let go of here.
        close = getattr(self._blocks, "close", None)
        if close:
            close()

    def _offered(self, block: Pcm) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._leaving or self._waiting < self._most)
            if len(block):
                self._ready.append(block)
                self._waiting += len(block)
                self._changed.notify_all()
            return not self._leaving
