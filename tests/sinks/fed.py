"""Playing blocks through a feed, as a session does."""

from collections.abc import Callable, Iterator

from voicecoach.audio import Pcm
from voicecoach.sinks import Sink
from voicecoach.sinks.feed import Feed


def fed(sink: Sink, blocks: Iterator[Pcm], heard: Callable[[int], None], rate_hz: int) -> int:
    """Play all `blocks` to a sink and return the samples handed over."""
    with Feed(blocks, rate_hz) as feed:
        return sink.play(feed, rate_hz, heard)
