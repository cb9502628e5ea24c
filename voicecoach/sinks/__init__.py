"""Sinks: where a live session's sound goes.

How to add one:

1. Write a module here with a class that satisfies `Sink`.
2. Add a row to `SINKS` below; the module is imported only when the row is used.
3. Run the contract tests of `tests/sinks/` on it.
"""

from collections.abc import Callable
from pkgutil import resolve_name
from typing import NamedTuple, Protocol

from voicecoach.errors import UsageError, did_you_mean, near_matches
from voicecoach.sinks.feed import Feed


class Sink(Protocol):
    """A place for one continuous stream of sound.

    `late` is how many samples of silence stood in for sound that was not ready.
    """

    name: str
    late: int

    @property
    def underruns(self) -> int | None:
        """How often the device had played all it had before it was given more; None where nobody counts."""
        ...

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play all that an entered `feed` gives in real time; return the samples handed to the device.

        The feed is read ahead in a thread of its own, and silence fills in where it is late. `heard` is
        called about ten times a second, in the caller's thread, with the samples handed over so far. An
        exception out of the feed or `heard`, KeyboardInterrupt above all, stops the sound at once and is
        raised here. Raises DeviceError.
        """
        ...


class SinkRow(NamedTuple):
    """The dotted name of a sink, and whether it takes the name of a device, "" for the default one."""

    sink: str
    takes_device: bool = False


_MINIAUDIO = SinkRow("voicecoach.sinks.device:DeviceSink", takes_device=True)

SINKS = {
    "auto": _MINIAUDIO,
    "miniaudio": _MINIAUDIO,
    "simpleaudio": SinkRow("voicecoach.sinks.simpleaudio:SimpleaudioSink"),
    "null": SinkRow("voicecoach.sinks.null:NullSink"),
}
"""The outputs by name."""


def open_sink(name: str, device: str = "") -> Sink:
    """Return the sink of that name. No device is touched yet.

    Raises UsageError where there is none, or where it cannot choose a device; DeviceError where what it
    needs is not installed.
    """
    if name not in SINKS:
        known = f"the outputs are {', '.join(SINKS)}"
        raise UsageError(f'there is no output "{name}"', did_you_mean(near_matches(name, SINKS)) or known)
    row = SINKS[name]
    if device and not row.takes_device:
        raise UsageError(f"the output {name} cannot choose a device", "leave out --device, or --output")
    sink: Sink = resolve_name(row.sink)(*([device] if row.takes_device else []))
    return sink
