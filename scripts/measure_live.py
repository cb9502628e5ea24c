"""Measures live sessions, played to a sound server of its own: reaction, cost, memory and drift.

`python scripts/measure_live.py [MINUTES]`; prints a table. The real engine speaks, commands come through the
real socket, and the real device takes the sound; only the hour of drift runs on a clock of its own.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.ear import Ear, missing_tools, open_ear
from tests.live.test_long import LIFTS, LONG_HOLD, PAUSES, Hour, lasting
from voicecoach.audio import Pcm
from voicecoach.cache import ClipCache
from voicecoach.cli.live import Follower
from voicecoach.cli.sessions import phrases_for
from voicecoach.coach import Controls, Session, play
from voicecoach.errors import VoicecoachError
from voicecoach.model import Pacing, Program
from voicecoach.player import Command
from voicecoach.remote.control import ask
from voicecoach.remote.table import listening
from voicecoach.sinks.device import BUFFER_MS, DeviceSink
from voicecoach.sinks.feed import Feed
from voicecoach.studio import Studio, open_studio
from voicecoach.units import RATE_HZ, ms_to_samples

LOUD = 328  # -40 dBFS
EVERY_S = 5.0
FIRST_S = 30.0
PERIODS = 3
ROUND = (
    "left", "again", "slower", "faster", "more", "skip", "pause", "left", "resume", "repeat", "next",
    "previous", "toggle", "toggle", "stop",
)  # fmt: skip


class Watched(DeviceSink):
    """The device, with the time at which each block was handed to it."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: list[tuple[float, int, Pcm]] = []
        self.first_s = 0.0

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play as the device does."""
        take = feed.take

        def taken(samples: int, turn: int | None = None) -> Pcm:
            before = feed.given
            sound = take(samples, turn)
            if feed.given > before:
                self.handed.append((time.monotonic(), before, sound))
                self.handed = self.handed[-2000:]
            return sound

        feed.take = taken  # type: ignore[method-assign]
        return super().play(feed, rate_hz, heard)

    def reaction_ms(self, received_s: float) -> tuple[float, float]:
        """Return how long after a command the next block was handed over, and where it is loud."""
        after = [each for each in self.handed if each[0] >= received_s]
        sound = np.concatenate([pcm for _, _, pcm in after[:10]]).astype(int)
        onset = int(np.argmax(np.abs(sound) > LOUD))
        return (after[0][0] - received_s) * 1000, onset * 1000 / RATE_HZ


class Run:
    """One session, and when its commands were received."""

    def __init__(self, studio: Studio, program: Program, steer: Callable[[], None]) -> None:
        self.sink = Watched()
        self.received: list[tuple[str, float]] = []
        session = Session(program=program, pacing=Pacing(), phrases=phrases_for("en"))
        follower = Follower(session)
        done = threading.Event()

        def remote(obey: Callable[[Command], None]) -> None:
            def told(command: Command) -> None:
                self.received.append((command, time.monotonic()))
                obey(command)

            def listen() -> None:
                with listening(told, follower.status, print):
                    done.wait()

            threading.Thread(target=listen, daemon=True).start()
            threading.Thread(target=steer, daemon=True).start()

        began_s = time.monotonic()
        play(session, studio, self.sink, follower.follow, Controls(remote=remote))
        done.set()
        self.first_ms = (self.sink.handed[0][0] - began_s) * 1000 if self.sink.handed else 0.0


def commands() -> None:
    """Give each command, one after the other."""
    time.sleep(FIRST_S)
    for word in ROUND:
        ask(word)
        time.sleep(EVERY_S)


def stop_after(seconds: float, told: list[float]) -> Callable[[], None]:
    """Return what stops a session after a while, and notes memory (KiB) and processor time at both ends."""

    def wait() -> None:
        time.sleep(10)
        told.extend([resident_kib(), time.process_time(), time.monotonic()])
        time.sleep(seconds)
        told.extend([resident_kib(), time.process_time(), time.monotonic()])
        ask("stop")

    return wait


def resident_kib() -> float:
    """Return how much memory this process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(float(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def main(minutes: str = "1") -> int:
    """Measure, and print."""
    if missing := missing_tools():
        print(missing, file=sys.stderr)
        return 1
    with open_ear() as ear, tempfile.TemporaryDirectory(prefix="vc") as folder:
        os.environ.update({**ear.env, "XDG_RUNTIME_DIR": folder})
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
        with open_studio(None, "en", ClipCache(Path(folder) / "clips")) as studio:
            measure(studio, ear, float(minutes))
    return 0


def measure(studio: Studio, ear: Ear, minutes: float) -> None:
    """Print the table."""
    program = Program(title="Measured", exercises=(LIFTS, LONG_HOLD, LIFTS))
    run = Run(studio, program, commands)
    print(f"sound server in {ear.folder}; the device's own buffer: {BUFFER_MS * PERIODS} ms at most")
    print("command    block handed over after   answer's onset in it")
    for word, received_s in run.received[:-1]:
        handed_ms, onset_ms = run.sink.reaction_ms(received_s)
        print(f"{word:<10} {handed_ms:>19.0f} ms {onset_ms:>19.0f} ms")
    print(f"first block after {run.first_ms:.0f} ms with an empty cache; underruns {run.sink.underruns}")
    told: list[float] = []
    Run(studio, program, stop_after(minutes * 60, told))
    kib, cpu_s, clock_s, kib_then, cpu_then_s, clock_then_s = told
    percent = 100 * (cpu_then_s - cpu_s) / (clock_then_s - clock_s)
    print(f"processor while playing: {percent:.1f} % of a core")
    print(f"memory: {kib / 1024:.1f} MiB, after {minutes:g} min {kib_then / 1024:.1f} MiB")
    hour = Hour(lasting(60), PAUSES)
    off = hour.sink.given - ms_to_samples(hour.timeline.duration_ms, RATE_HZ)
    gap_ms = 1000 * (hour.sink.now_s - hour.sink.given / RATE_HZ)
    minutes = hour.timeline.duration_ms / 60_000
    print(f"simulated {minutes:.1f} min with two pauses: {off} samples off the timeline at the end,")
    print(f"{gap_ms:.0f} ms from the clock on the wall")


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except VoicecoachError as error:
        sys.exit(f"measure-live: {error}")
