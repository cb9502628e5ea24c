"""Reading ahead: a thread fills a short queue, and the device's callback takes from it without waiting."""

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple, Self

import numpy as np

from voicecoach.audio import Pcm

AHEAD_S = 2.0
"""How much sound is kept ready: more than a long sentence takes to be made."""

_NOTHING: Pcm = np.zeros(0, np.int16)
_PARTING_S = 1.0  # how long a block that is just being made may take before its thread is left to itself


class Buffered(NamedTuple):
    """What is ready and not yet given out; `turn` counts how often it was steered, `is_all` says nothing follows."""

    pcm: Pcm
    turn: int
    is_all: bool


class Feed:
    """Reads `blocks` in a thread while it is entered, and gives them out in pieces of any length.

    `given` counts the samples of `blocks` given out, `late` the samples of silence that had to stand in
    for blocks that were not ready, once the first of a turn was.
    """

    def __init__(self, blocks: Iterator[Pcm], rate_hz: int, ahead_s: float = AHEAD_S) -> None:
        self.given = 0
        self.late = 0
        self._blocks = blocks
        self._most = max(1, round(ahead_s * rate_hz))
        self._ready: Pcm = _NOTHING
        self._error: BaseException | None = None
        self._all_read = False
        self._leaving = False
        self._turn = 0
        self._begun = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, name="voicecoach-feed", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._leaving = True
            self._changed.notify_all()
        self._thread.join(_PARTING_S)

    def reach(self, seconds: float, rate_hz: int) -> None:
        """Keep that much sound ready from now on, where more is needed than usual."""
        with self._changed:
            self._most = max(self._most, round(seconds * rate_hz))
            self._changed.notify_all()

    def buffered(self) -> Buffered:
        """Return what is ready, without giving it out."""
        with self._changed:
            return Buffered(self._ready, self._turn, self._all_read)

    def take(self, samples: int, turn: int | None = None) -> Pcm:
        """Return exactly that many samples, at once: silence where none are ready or all are given out.

        Where the feed was steered since that `turn`, nothing is given out, and all is silence.
        """
        sound = np.zeros(samples, np.int16)
        with self._changed:
            if turn in {None, self._turn}:
                part, self._ready = self._ready[:samples], self._ready[samples:]
                sound[: len(part)] = part
                self.given += len(part)
                if self._begun and not self._all_read:
                    self.late += samples - len(part)
                self._changed.notify_all()
        return sound

    def steer(self, turned: Callable[[int], Iterator[Pcm]]) -> None:
        """Drop what is ready and go on with the blocks of `turned`, called with the samples given out so far.

        The next sample given out is the first of those blocks.
        """
        with self._changed:
            self._ready = _NOTHING
            self._turn += 1
            self._begun = False
            self._blocks = turned(self.given)
            self._all_read = False
            self._changed.notify_all()

    def wait_for(self, samples: int, seconds: float) -> bool:
        """Wait until so many samples, or all that is left, are ready; False where that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: self._all_read or len(self._ready) >= samples, seconds)

    @property
    def all_given(self) -> bool:
        """Whether nothing is left to give out."""
        return self._all_read and not len(self._ready)

    def check(self) -> None:
        """Raise what `blocks` raised, if it did."""
        if self._error:
            raise self._error

    def _read(self) -> None:
        """Read one iterator of blocks after the other, until there is none left to read or to wait for."""
        while not self._leaving:
            with self._changed:
                blocks, turn = self._blocks, self._turn
            try:
                for block in blocks:
                    if not self._offered(block, turn):
                        break
            except BaseException as error:  # noqa: BLE001 - it belongs to the thread that listens
                self._error = error
            # Only the thread that runs a generator may close it: what it holds is let go of here.
            close = getattr(blocks, "close", None)
            if close:
                close()
            with self._changed:
                self._all_read = turn == self._turn
                self._changed.notify_all()
                # All is read, but a turn may still come as long as somebody listens.
                self._changed.wait_for(lambda turn=turn: self._leaving or turn != self._turn)  # type: ignore[misc]

    def _offered(self, block: Pcm, turn: int) -> bool:
        """Queue a block once there is room; False where nobody wants it or what follows it."""
        with self._changed:
            self._changed.wait_for(lambda: self._leaving or turn != self._turn or len(self._ready) < self._most)
            if self._leaving or turn != self._turn:
                return False
            if len(block):
                self._ready = np.concatenate([self._ready, block])
                self._begun = True
                self._changed.notify_all()
            return True
