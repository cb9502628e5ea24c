"""Measures live sessions, played to a sound server of its own: reaction, onsets, cost, memory and drift.

`python scripts/measure_live.py [MINUTES]`; prints tables. The real engine speaks, commands come through the
real socket, the real device takes the sound and a recorder hears it; only the hour of drift runs on a clock
of its own.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.e2e.seeking import found_ms
from tests.e2e.steered import now_ms
from tests.ear import RATE_HZ, Ear, Recording, missing_tools, open_ear
from tests.hearing import match
from tests.live.test_long import LIFTS, LONG_HOLD, PAUSES, Hour, lasting
from voicecoach.audio import Pcm
from voicecoach.cache import ClipCache
from voicecoach.cli.live_session import Follower
from voicecoach.coach import Controls, play_session
from voicecoach.errors import VoicecoachError
from voicecoach.events import Kind
from voicecoach.languages import phrases_for
from voicecoach.model import Pacing, Program
from voicecoach.player.commands import Command
from voicecoach.remote.control import ask
from voicecoach.remote.table import listen_to_remotes
from voicecoach.session import Session
from voicecoach.sinks.device import BUFFER_MS, DeviceSink
from voicecoach.sinks.feed import Feed
from voicecoach.studio import Studio, open_studio
from voicecoach.units import ms_to_samples

LOUD = 328  # -40 dBFS
EVERY_S = 5.0
FIRST_S = 30.0
SETTLED_S = 10.0
PERIODS = 3
BLOCKS = 10
ALIKE = 0.8
HEARD_WITHIN_S = 3.0
HOUR_MS = 3_600_000
ROUND = (
    "left", "again", "slower", "faster", "more", "skip", "pause", "left", "resume", "repeat", "next",
    "previous", "toggle", "toggle", "stop",
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A command as a person gave it: when by the clock, when in the recording, and the server's latency."""

    word: str
    at_s: float
    recorded_ms: float
    latency_ms: float


class Watched(DeviceSink):
    """The device, with the time at which each block was handed to it."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: list[tuple[float, int, Pcm]] = []

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play as the device does."""
        take = feed.take

        def taken(samples: int, turn: int | None = None) -> Pcm:
            before = feed.given
            sound = take(samples, turn)
            if feed.given > before:
                self.handed.append((time.monotonic(), before, sound))
            return sound

        feed.take = taken  # type: ignore[method-assign]
        return super().play(feed, rate_hz, heard)

    def answer(self, obeyed_s: float) -> tuple[float, Pcm]:
        """Return when the block was handed over that an answer begins in, and the sound from there on."""
        after = [each for each in self.handed if each[0] >= obeyed_s][:BLOCKS]
        first = next(n for n, (_, _, pcm) in enumerate(after) if (np.abs(pcm.astype(int)) > LOUD).any())
        sound = np.concatenate([pcm for _, _, pcm in after[first:]])
        onset = int(np.argmax(np.abs(sound.astype(int)) > LOUD))
        return after[first][0], sound[onset : onset + RATE_HZ // 2]


class Run:
    """One session, recorded, and when its commands were obeyed."""

    def __init__(self, studio: Studio, ear: Ear, steer: Callable[[Recording], None]) -> None:
        self.sink = Watched()
        self.obeyed_s: list[float] = []
        program = Program(title="Measured", exercises=(LIFTS, LONG_HOLD, LIFTS))
        session = Session(program=program, pacing=Pacing(), phrases=phrases_for("en"))
        follower = Follower(session)
        done = threading.Event()
        with ear.recording() as recording:

            def remote(obey: Callable[[Command], None]) -> None:
                def told(command: Command) -> None:
                    obey(command)
                    self.obeyed_s.append(time.monotonic())

                def listen() -> None:
                    with listen_to_remotes(told, follower.status, print):
                        done.wait()

                threading.Thread(target=listen, daemon=True).start()
                threading.Thread(target=steer, args=(recording,), daemon=True).start()

            began_s = time.monotonic()
            self.timeline = play_session(session, studio, self.sink, follower.follow, Controls(remote=remote))
            done.set()
            self.first_ms = (self.sink.handed[0][0] - began_s) * 1000
            self.pcm = recording.pcm


def latency_ms(ear: Ear) -> float:
    """Return how long sound takes from the device's client to the sink, as the server says at the moment."""
    listed = subprocess.run(["pactl", "list", "sink-inputs"], env=ear.env, capture_output=True, check=False)
    found = re.findall(r"(?:Buffer|Sink) Latency: (\d+) usec", listed.stdout.decode())
    return sum(map(int, found)) / 1000


def commands(ear: Ear, given: list[Given]) -> Callable[[Recording], None]:
    """Return what gives each command, one after the other."""

    def steer(recording: Recording) -> None:
        time.sleep(FIRST_S)
        for word in ROUND:
            given.append(Given(word, time.monotonic(), now_ms(recording), latency_ms(ear)))
            given[-1] = Given(word, time.monotonic(), now_ms(recording), given[-1].latency_ms)
            ask(word)
            time.sleep(EVERY_S)

    return steer


def stop_after(seconds: float, told: list[float]) -> Callable[[Recording], None]:
    """Return what stops a session after a while, and notes memory (KiB) and processor time at both ends."""

    def steer(_: Recording) -> None:
        time.sleep(SETTLED_S)
        told.extend([resident_kib(), time.process_time(), time.monotonic()])
        time.sleep(seconds)
        told.extend([resident_kib(), time.process_time(), time.monotonic()])
        ask("stop")

    return steer


def resident_kib() -> float:
    """Return how much memory this process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(float(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def heard_ms(run: Run, answer: Pcm, given: Given) -> float:
    """Return how long after a command its answer was recorded, in ms; NaN where it was not recognised."""
    start = round(given.recorded_ms * RATE_HZ / 1000)
    at, alike = match(run.pcm[start : start + round(HEARD_WITHIN_S * RATE_HZ)], answer)
    return at * 1000 / RATE_HZ if alike > ALIKE else float("nan")


def reactions(studio: Studio, ear: Ear) -> None:
    """Print how soon each command is answered."""
    given: list[Given] = []
    run = Run(studio, ear, commands(ear, given))
    print("ms from the command to its answer's block handed over    recorded    the server's own latency")
    for each, obeyed_s in zip(given, run.obeyed_s, strict=True):
        handed_s, answer = run.sink.answer(obeyed_s)
        handed_ms = (handed_s - each.at_s) * 1000
        print(f"{each.word:<24} {handed_ms:>28.0f} {heard_ms(run, answer, each):>11.0f} {each.latency_ms:>26.0f}")
    print(f"first block after {run.first_ms:.0f} ms with an empty cache; underruns {run.sink.underruns}")


def cost_and_onsets(studio: Studio, ear: Ear, minutes: float) -> None:
    """Print what playing costs, and how far from their times words were recorded."""
    told: list[float] = []
    run = Run(studio, ear, stop_after(minutes * 60, told))
    kib, cpu_s, clock_s, kib_then, cpu_then_s, clock_then_s = told
    percent = 100 * (cpu_then_s - cpu_s) / (clock_then_s - clock_s)
    print(f"processor while playing: {percent:.1f} % of a core, the engine's process not counted")
    print(f"memory at the start: {kib / 1024:.1f} MiB, after {minutes:g} min: {kib_then / 1024:.1f} MiB")
    first_ms = float(np.flatnonzero(run.pcm)[0]) * 1000 / RATE_HZ
    last_ms = (SETTLED_S + minutes * 60) * 1000
    words = [each for each in run.timeline.events if each.kind is not Kind.TONE and each.end_ms < last_ms]
    off_ms = [
        found_ms(run.pcm, studio.clip(each.sound), first_ms + each.start_ms) - first_ms - each.start_ms
        for each in words
    ]
    apart_ms = np.round(np.array(off_ms) - off_ms[0], 1) + 0.0
    print(
        f"recorded onsets of {len(words)} utterances, against their times from the first of them on:"
        f" {apart_ms.min():+.1f} to {apart_ms.max():+.1f} ms, the last {apart_ms[-1]:+.1f} ms"
    )


def drift() -> None:
    """Print how far a simulated session is from its timeline and from the clock."""
    hour = Hour(lasting(60), PAUSES)
    hours = hour.timeline.duration_ms / HOUR_MS
    off = hour.sink.given - ms_to_samples(hour.timeline.duration_ms, RATE_HZ)
    gap_ms = 1000 * (hour.sink.now_s - hour.sink.given / RATE_HZ)
    print(f"drift: {off / hours:g} samples per simulated hour, off the timeline, in {hours:.2f} hours")
    print(f"with two pauses; at the end {gap_ms:.0f} ms from the clock on the wall")


def main(minutes: str = "1") -> int:
    """Measure, and print."""
    if missing := missing_tools():
        print(missing, file=sys.stderr)
        return 1
    with open_ear() as ear, tempfile.TemporaryDirectory(prefix="vc") as folder:
        os.environ.update({**ear.env, "XDG_RUNTIME_DIR": folder})
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
        print(f"sound server in {ear.folder}; the device's own buffer: {BUFFER_MS * PERIODS} ms at most")
        with open_studio(None, "en", ClipCache(Path(folder) / "clips")) as studio:
            reactions(studio, ear)
            cost_and_onsets(studio, ear, float(minutes))
    drift()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except VoicecoachError as error:
        sys.exit(f"measure-live: {error}")
