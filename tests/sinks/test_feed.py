"""Reading ahead: the device's callback takes what is ready and never waits."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.audio import Pcm
from voicecoach.sinks.feed import Feed

RATE_HZ = 1_000


def numbered(*lengths: int) -> list[Pcm]:
    """Blocks of those lengths whose samples count from 1."""
    sound = np.arange(1, sum(lengths) + 1, dtype=np.int16)
    return np.split(sound, np.cumsum(lengths)[:-1])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=12), st.integers(1, 500))
def test_every_sample_comes_once_and_in_order_whatever_is_asked_for(lengths: list[int], piece: int) -> None:
    taken: list[Pcm] = []
    with Feed(iter(numbered(*lengths)), RATE_HZ, ahead_s=0.2) as feed:
        while not feed.all_given:
            feed.wait_for(min(piece, 200), 5)
            before = feed.given
            taken.append(feed.take(piece)[: feed.given - before])
    sound = np.concatenate([*taken, np.zeros(0, np.int16)])
    assert np.array_equal(sound, np.arange(1, sum(lengths) + 1))
    assert feed.given == sum(lengths)


def test_no_more_is_read_than_the_queue_holds() -> None:
    read: list[int] = []

    def blocks() -> Iterator[Pcm]:
        for number in range(100):
            read.append(number)
            yield np.ones(100, np.int16)

    with Feed(blocks(), RATE_HZ, ahead_s=1.0) as feed:
        assert feed.wait_for(1_000, 5)
        threading.Event().wait(0.05)
        assert len(read) == 11
        feed.take(250)
        assert feed.wait_for(1_000, 5)


def test_silence_stands_in_for_a_late_block_and_is_counted_but_not_before_the_first() -> None:
    first, second = threading.Event(), threading.Event()

    def blocks() -> Iterator[Pcm]:
        first.wait(5)
        yield np.ones(10, np.int16)
        second.wait(5)
        yield np.ones(10, np.int16)

    with Feed(blocks(), RATE_HZ) as feed:
        assert not feed.take(50).any()
        assert (feed.given, feed.late) == (0, 0)
        first.set()
        assert feed.wait_for(1, 5)
        assert feed.take(50).sum() == 10
        assert (feed.given, feed.late) == (10, 40)
        second.set()
        assert feed.wait_for(10, 5)
        assert feed.wait_for(1_000, 5)  # all that is left
        assert feed.take(50).sum() == 10
        assert (feed.given, feed.late, feed.all_given) == (20, 40, True)


def test_the_silence_before_an_answer_is_not_late_sound() -> None:
    answered = threading.Event()

    def answer() -> Iterator[Pcm]:
        answered.wait(5)
        yield np.ones(10, np.int16)

    with Feed(iter([np.ones(10, np.int16)] * 9), RATE_HZ) as feed:
        assert feed.wait_for(90, 5)
        feed.take(20)
        feed.steer(lambda _: answer())
        feed.take(40)
        assert (feed.given, feed.late) == (20, 0)
        answered.set()
        assert feed.wait_for(10, 5)
        assert feed.take(10).all()
        assert (feed.given, feed.late) == (30, 0)


def test_what_the_blocks_raise_reaches_the_one_who_listens() -> None:
    def blocks() -> Iterator[Pcm]:
        yield np.ones(10, np.int16)
        raise RuntimeError("no voice")

    with Feed(blocks(), RATE_HZ) as feed:
        assert feed.wait_for(100, 5)
        with pytest.raises(RuntimeError, match="no voice"):
            feed.check()


def test_leaving_early_ends_the_thread_and_closes_the_blocks() -> None:
    closed = threading.Event()

    def blocks() -> Iterator[Pcm]:
        try:
            while True:
                yield np.ones(100, np.int16)
        finally:
            closed.set()

    with Feed(blocks(), RATE_HZ, ahead_s=0.2) as feed:
        feed.wait_for(100, 5)
    assert closed.wait(1)
    assert not [thread for thread in threading.enumerate() if thread.name == "voicecoach-feed"]
