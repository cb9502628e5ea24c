"""The process that simpleaudio lives in: its C code may crash here without taking the session along."""

import time
from collections import deque
from typing import Any

from voicecoach.processes.frames import Frame
from voicecoach.processes.inside import ParentProcess, tell_in_a_line
from voicecoach.units import RATE_HZ

PLAY = "play"
STOP = "stop"
STARTED = "started"
"""What passes: samples, their `rate_hz` and `starts_s`, a moment of the system's monotonic clock; to stop
all that sounds or waits; that the samples of that moment sound."""

_LOOK_S = 0.1
_TRIED_BYTES = 4410
# A sound that ends so long before its time was broken off; devices keep a tenth of a second.
_EARLY_S = 0.6


def run_player() -> None:
    """Play what the program sends, until it is gone."""
    parent = ParentProcess()
    try:
        # Here and not above: whoever has not installed it is to hear of it.
        import simpleaudio

        # A moment of silence tells at once whether there is a device, and opens it for the first time.
        simpleaudio.play_buffer(bytes(_TRIED_BYTES), 1, 2, RATE_HZ)
    except ImportError as error:
        parent.fail(f"simpleaudio cannot be loaded ({error})")
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        parent.fail(_tell_no_device(error))
    else:
        parent.is_ready()
        _Table(simpleaudio, parent).serve()


class _Table:
    """What waits for its moment, and what is being played until when."""

    def __init__(self, simpleaudio: Any, parent: ParentProcess) -> None:  # noqa: ANN401 - it publishes no types
        self._simpleaudio = simpleaudio
        self._parent = parent
        self._waiting: deque[Frame] = deque()
        self._playing: list[tuple[Any, float]] = []

    def serve(self) -> None:
        """Play for ever."""
        while True:
            left_s = self._waiting[0].fields["starts_s"] - time.monotonic() if self._waiting else _LOOK_S
            frame = self._parent.receive(min(max(left_s, 0.0), _LOOK_S))
            if frame:
                self._take(frame)
            if self._waiting and self._waiting[0].fields["starts_s"] <= time.monotonic():
                self._start(self._waiting.popleft())
            self._look()

    def _take(self, frame: Frame) -> None:
        if frame.kind == PLAY:
            self._waiting.append(frame)
            return
        self._waiting.clear()
        self._playing.clear()
        self._simpleaudio.stop_all()

    def _start(self, frame: Frame) -> None:
        rate_hz = frame.fields["rate_hz"]
        try:
            playing = self._simpleaudio.play_buffer(frame.payload, 1, 2, rate_hz)
        except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
            self._parent.fail(_tell_no_device(error))
            return
        self._playing.append((playing, time.monotonic() + len(frame.payload) / 2 / rate_hz))
        self._parent.send(STARTED, {"starts_s": frame.fields["starts_s"]})

    def _look(self) -> None:
        """Tell where a sound was broken off, as by a device that is gone."""
        now_s = time.monotonic()
        broken = [end_s for each, end_s in self._playing if not each.is_playing() and end_s - now_s > _EARLY_S]
        self._playing = [(each, end_s) for each, end_s in self._playing if end_s > now_s]
        if broken:
            self._playing.clear()
            self._parent.fail("the audio device stopped taking sound")


def _tell_no_device(error: Exception) -> str:
    return f"no audio device was found ({tell_in_a_line(error)})"
