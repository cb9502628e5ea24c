"""Work shared out among engines: in order, and given up as a whole once one of them fails."""

import time

import pytest

from voicecoach.engines import Engine, Voice, crew
from voicecoach.engines.crew import shared_out
from voicecoach.errors import EngineError


class Silent:
    """An engine that is only counted."""

    name = version = "silent"

    def __init__(self) -> None:
        self.closed = False

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[object, int]:  # noqa: ARG002
        raise AssertionError("nothing is spoken here")

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Silent]:
    monkeypatch.setattr(crew, "hands", lambda: 2)
    return []


def work(made: list[Silent], broken: int) -> tuple[list[int], list[int]]:
    """Share out forty numbers; return what was begun, and what came back before number `broken` failed."""
    begun: list[int] = []
    back: list[int] = []

    def factory() -> Engine:
        made.append(Silent())
        return made[-1]  # type: ignore[return-value]

    def make(_: Engine, number: int) -> int:
        begun.append(number)
        time.sleep(0.01)
        if number == broken:
            raise EngineError("it hung")
        return number

    try:
        back += shared_out(range(40), make, factory(), factory)
    except EngineError:
        back.append(-1)
    return begun, back


def test_results_come_in_order_and_the_others_are_let_go_of(made: list[Silent]) -> None:
    begun, back = work(made, broken=-1)
    assert back == list(range(40))
    assert sorted(begun) == back
    assert [each.closed for each in made] == [False, True]


def test_after_a_failure_nothing_more_is_asked_for(made: list[Silent]) -> None:
    begun, back = work(made, broken=0)
    assert back == [-1]
    assert len(begun) < 10
    assert made[1].closed
