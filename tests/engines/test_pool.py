"""Engines that speak at once: answers in order, and nothing more after a failure."""

import threading
import time

import numpy as np
import pytest

from voicecoach.audio import Pcm
from voicecoach.engines import Voice
from voicecoach.engines.pool import EnginePool
from voicecoach.errors import EngineError

SIZE = 2


class Reader:
    """An engine that gives numbers back, notes when it is asked by two at once, and may break."""

    name = version = "reader"

    def __init__(self, asked: list[int], broken: int) -> None:
        self.asked, self.broken = asked, broken
        self.closed = False
        self._alone = threading.Lock()

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:  # noqa: ARG002
        assert self._alone.acquire(blocking=False), "one thread at a time may call an engine"
        try:
            self.asked.append(int(text))
            time.sleep(0.01)
            if int(text) == self.broken:
                raise EngineError("it hung")
            return np.full(1, int(text), np.int16), 1
        finally:
            self._alone.release()

    def close(self) -> None:
        self.closed = True


def work(broken: int) -> tuple[list[int], list[int], list[Reader]]:
    """Have forty numbers read; return what was asked for, what came back, and the engines."""
    asked: list[int] = []
    engines: list[Reader] = []

    def factory() -> Reader:
        engines.append(Reader(asked, broken))
        return engines[-1]

    crew = EnginePool(factory(), factory, SIZE)
    back: list[int] = []
    try:
        back += crew.each(lambda number: int(crew.render(str(number), "", 130)[0][0]), range(40))
    except EngineError:
        back.append(-1)
    finally:
        crew.close()
    return asked, back, engines


def test_results_come_in_order_and_the_others_are_let_go_of() -> None:
    asked, back, engines = work(broken=-1)
    assert back == list(range(40))
    assert sorted(asked) == back
    assert [each.closed for each in engines] == [False, True]


def test_after_a_failure_nothing_more_is_asked_for() -> None:
    asked, back, engines = work(broken=0)
    assert back == [-1]
    assert len(asked) < 10
    assert [each.closed for each in engines] == [False, True]


def test_who_failed_once_is_not_asked_again() -> None:
    crew = EnginePool(Reader([], 3), lambda: Reader([], 3), 1)
    for _ in range(2):
        with pytest.raises(EngineError, match="it hung"):
            crew.render("3", "", 130)
    with pytest.raises(EngineError, match="it hung"):
        crew.render("4", "", 130)
    crew.close()
