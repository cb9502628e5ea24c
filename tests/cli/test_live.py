"""What `play` tells of a session when it is over."""

import pytest

from voicecoach.cli.live_session import handed_over
from voicecoach.sinks import open_sink


@pytest.mark.parametrize(
    ("output", "late", "said"),
    [
        ("miniaudio", 0, "Underruns of the device: 0; samples that were not ready in time: 0."),
        ("null", 0, "Underruns of the device: not counted; samples that were not ready in time: 0."),
        ("null", 37_485, "Underruns of the device: not counted; samples that were not ready in time: 37485."),
    ],
)
def test_a_number_is_told_only_where_it_was_counted(output: str, late: int, said: str) -> None:
    sink = open_sink(output)
    sink.late = late
    assert handed_over(sink) == said
