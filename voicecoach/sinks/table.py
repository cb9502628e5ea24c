"""The outputs that can be named, and what opens each."""

from collections.abc import Callable

from voicecoach.errors import UsageError, did_you_mean, near_matches
from voicecoach.sinks import Sink


def _miniaudio(device: str) -> Sink:
    from voicecoach.sinks.device import DeviceSink

    return DeviceSink(device)


def _simpleaudio(device: str) -> Sink:
    from voicecoach.sinks.simpleaudio import SimpleaudioSink

    _refuse(device, "simpleaudio")
    return SimpleaudioSink()


def _null(device: str) -> Sink:
    from voicecoach.sinks.null import NullSink

    _refuse(device, "null")
    return NullSink()


FACTORIES: dict[str, Callable[[str], Sink]] = {
    "auto": _miniaudio,
    "miniaudio": _miniaudio,
    "simpleaudio": _simpleaudio,
    "null": _null,
}
"""What opens each output, given the name of a device, "" for the default one."""


def open_sink(name: str, device: str = "") -> Sink:
    """Return the sink of that name. No device is touched yet.

    Raises UsageError where there is none, or where it cannot choose a device; DeviceError where what it
    needs is not installed.
    """
    if name not in FACTORIES:
        known = f"the outputs are {', '.join(FACTORIES)}"
        raise UsageError(f'there is no output "{name}"', did_you_mean(near_matches(name, FACTORIES)) or known)
    return FACTORIES[name](device)


def _refuse(device: str, output: str) -> None:
    if device:
        raise UsageError(f"the output {output} cannot choose a device", "leave out --device, or --output")
