"""A program that plays beeps to a sink, for tests that listen to it from outside.

`python -m tests.sinks.player SINK [beep start in ms ...] end in ms`; tells on standard output when it starts,
when the device first takes sound, and how it ends, each with the seconds since it started.
"""

import sys
import time
from collections.abc import Iterator

import numpy as np

from tests.sinks.fed import fed
from voicecoach.audio import Clip, Pcm
from voicecoach.errors import VoicecoachError
from voicecoach.mix import mix
from voicecoach.sinks import open_sink

RATE_HZ = 22_050
BEEP_MS = 100


def beeps(starts_ms: list[int], end_ms: int) -> Iterator[Pcm]:
    """The session: a beep at each start, then silence up to the end."""
    samples = np.arange(BEEP_MS * RATE_HZ // 1000)
    clip = Clip((8000 * np.sin(0.3 * samples)).astype(np.int16), RATE_HZ)
    yield from mix([*((start_ms, clip) for start_ms in starts_ms), (end_ms, None)], RATE_HZ)


def main(name: str, *times_ms: str) -> int:
    """Play and tell; the exit code is that of the error, as on the command line."""
    started = time.monotonic()

    def tell(what: str) -> None:
        sys.stdout.write(f"{what} {time.monotonic() - started:.3f}\n")
        sys.stdout.flush()

    seen: list[int] = []

    def heard(samples: int) -> None:
        if samples and not seen:
            tell("first")
        seen.append(samples)

    *starts_ms, end_ms = map(int, times_ms)
    sink = open_sink(name)
    tell("ready")
    try:
        played = fed(sink, beeps(starts_ms, end_ms), heard, RATE_HZ)
    except KeyboardInterrupt:
        tell("interrupted")
        return 130
    except VoicecoachError as error:
        tell(f"{type(error).__name__}: {error}\nfailed")
        return error.exit_code
    tell(f"played {played} late {getattr(sink, 'late', 0)} after")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
