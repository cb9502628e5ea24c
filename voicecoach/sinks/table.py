"""The outputs that can be named, and what opens each."""

from pkgutil import resolve_name
from typing import NamedTuple

from voicecoach.errors import UsageError, did_you_mean, near_matches
from voicecoach.sinks import Sink


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
"""The outputs by name; a module is imported only when its output is opened."""


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
