"""Live playback through miniaudio: one continuous stream to a device, the default one unless named."""

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import miniaudio

from voicecoach.errors import DeviceError, UnknownNameError
from voicecoach.sinks.feed import Feed

BUFFER_MS = 200
"""One period of the device. Beside busy Python, 20 ms glitched 95 times in 7 s, 80 ms twice, 200 ms never."""

_PERIODS = 3  # miniaudio's own number of them: what was handed over sounds within so many
_TICK_S = 0.1
_GRACE_S = 0.05  # for the blocks behind the first, so that a start does not stutter
_DEAD_S = 3.0  # a device that asks for nothing for so long is gone
_OPENING_S = 10.0  # but a Bluetooth link may take its time at first
_NONE = "no audio device was found"
_ELSEWHERE = "make a file with `voicecoach export SESSION -o session.mp3`, or run without sound by `--output null`"


class DeviceSink:
    """An audio device: the one `wanted`, or nearly so called, else the machine's default."""

    name = "miniaudio"
    late = 0
    underruns = 0

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._silent_samples = 0  # given to the device since the last of the feed
        self._ticks_left = 0  # until a device that asks for nothing counts as gone

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play all that `feed` gives, as `Sink` has it; the last sample has sounded when it returns."""
        buffer_samples = rate_hz * BUFFER_MS // 1000 * _PERIODS
        with closing(_opened(rate_hz, self._wanted)) as device:
            while not feed.wait_for(1, _TICK_S):
                pass
            feed.wait_for(buffer_samples, _GRACE_S)
            feed.check()
            self._silent_samples, self._ticks_left = 0, round(_OPENING_S / _TICK_S)
            sound = self._sound(feed)
            next(sound)
            try:
                device.start(sound)
            except miniaudio.MiniaudioError:
                raise DeviceError("the audio device does not start", _ELSEWHERE) from None
            try:
                while self._silent_samples < buffer_samples:
                    heard(feed.given)
                    feed.check()
                    # Ticks, and not a clock: a machine that was asleep has not lost its device.
                    self._ticks_left -= 1
                    if self._ticks_left < 0:
                        raise DeviceError("the audio device stopped taking sound", f"plug it in again, or {_ELSEWHERE}")
                    time.sleep(_TICK_S)
            finally:
                self.late = feed.late
            heard(feed.given)
        return feed.given

    def _sound(self, feed: Feed) -> Generator[bytes, int, None]:
        """Answer each number of samples with sound, for ever: its end would not stop the device.

        It runs in the device's own thread, which must never wait nor raise.
        """
        samples = yield b""
        asked_s = time.monotonic()
        while True:
            before_s, asked_s = asked_s, time.monotonic()
            self.underruns += asked_s - before_s > BUFFER_MS * _PERIODS / 1000
            self._ticks_left = round(_DEAD_S / _TICK_S)
            if feed.all_given:
                self._silent_samples += samples
            samples = yield feed.take(samples).tobytes()


def device_name() -> str:
    """Open the device for a moment and return how it is called; raises DeviceError where there is none."""
    with closing(_opened(22_050)) as device:
        return f"a sound device through {device.backend}"


def device_names() -> tuple[str, ...]:
    """Return the names of all devices that can play, the default one first where the system says so."""
    return tuple(_devices())


def _devices() -> dict[str, Any]:
    """Return each name with what miniaudio knows its device by, the first one of that name."""
    ids: dict[str, Any] = {}
    with suppress(miniaudio.MiniaudioError), _quiet_libraries():
        devices = miniaudio.Devices()
        for each in [] if devices.backend == "Null" else devices.get_playbacks():
            ids.setdefault(each["name"], each["id"])
    return ids


def _found(wanted: str) -> Any:  # noqa: ANN401 - miniaudio publishes no types
    """Return the device of a name, or of the one name that holds it; raises UnknownNameError."""
    devices = _devices()
    if not devices:
        raise DeviceError(_NONE, _ELSEWHERE)
    alike = [name for name in devices if wanted.lower() in name.lower()]
    exact = [name for name in devices if wanted.lower() == name.lower()]
    if len(exact or alike) != 1:
        hint = f"the devices are {', '.join(devices)}"
        # A name that several share is not a slip: only the list helps.
        raise UnknownNameError("audio device", wanted, () if alike else devices, hint)
    return devices[(exact or alike)[0]]


def _opened(rate_hz: int, wanted: str = "") -> miniaudio.PlaybackDevice:
    found = _found(wanted) if wanted else None
    try:
        with _quiet_libraries():
            device = miniaudio.PlaybackDevice(
                device_id=found,
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate_hz,
                buffersize_msec=BUFFER_MS,
                callback_periods=_PERIODS,
                app_name="voicecoach",
            )
    except miniaudio.MiniaudioError:
        raise DeviceError(_NONE, _ELSEWHERE) from None
    return _audible(device)


def _audible(device: miniaudio.PlaybackDevice) -> miniaudio.PlaybackDevice:
    # On a machine without any sound system miniaudio plays to nothing and says nothing.
    if device.backend == "Null":
        device.close()
        raise DeviceError(_NONE, _ELSEWHERE)
    return device


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep off the terminal what ALSA's C code writes to it about every card that it does not find."""
    try:
        kept = os.dup(2)
    except OSError:  # started without a standard error
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        with suppress(OSError):
            os.dup2(kept, 2)
        os.close(kept)
