"""The outputs that can be named, and what opens each."""

from collections.abc import Callable

from voicecoach.errors import UsageError, did_you_mean, near_matches
from voicecoach.sinks import Sink


def _miniaudio() -> Sink:
    from voicecoach.sinks.device import DeviceSink

    return DeviceSink()


def _null() -> Sink:
    from voicecoach.sinks.null import NullSink

    return NullSink()


FACTORIES: dict[str, Callable[[], Sink]] = {"auto": _miniaudio, "miniaudio": _miniaudio, "null": _null}


def open_sink(name: str) -> Sink:
    """Return the sink of that name; raises UsageError where there is none. No device is touched yet."""
    if name not in FACTORIES:
        known = f"the outputs are {', '.join(FACTORIES)}"
        raise UsageError(f'there is no output "{name}"', did_you_mean(near_matches(name, FACTORIES)) or known)
    return FACTORIES[name]()
