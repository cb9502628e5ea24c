"""The process that simpleaudio lives in: its C code may crash here without taking the session along."""

import os
import signal
import time
from collections import deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from voicecoach.processes.child import private_pipes
from voicecoach.sinks.player_wire import FAILED, PLAY, READY, STARTED, Message, packed, read_message
from voicecoach.units import RATE_HZ

_LOOK_S = 0.1
_TRIED_BYTES = 4410
_EARLY_S = 0.6
"""A sound that ends so long before its time was broken off; devices keep a tenth of a second."""


def main() -> None:
    """Play what the program sends, until it closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides when Ctrl-C ends a session
    source, sink = private_pipes()
    messages: SimpleQueue[Message] = SimpleQueue()
    Thread(target=_listen, args=(source, messages), daemon=True).start()
    try:
        import simpleaudio

        # A moment of silence tells at once whether there is a device, and opens it for the first time.
        simpleaudio.play_buffer(bytes(_TRIED_BYTES), 1, 2, RATE_HZ)
    except ImportError as error:
        _send(sink, packed(FAILED, f"simpleaudio cannot be loaded ({error})".encode()))
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        _send(sink, packed(FAILED, _no_device(error)))
        return
    _send(sink, packed(READY))
    _Table(simpleaudio, sink).serve(messages)


class _Table:
    """What waits for its moment, and what is being played until when."""

    def __init__(self, simpleaudio: Any, sink: BinaryIO) -> None:  # noqa: ANN401 - it publishes no types
        self._simpleaudio = simpleaudio
        self._sink = sink
        self._waiting: deque[Message] = deque()
        self._playing: list[tuple[Any, float]] = []

    def serve(self, messages: "SimpleQueue[Message]") -> None:
        """Play for ever."""
        while True:
            until_s = self._waiting[0][3] - time.monotonic() if self._waiting else _LOOK_S
            with suppress(Empty):
                self._take(messages.get(timeout=min(max(until_s, 0.0), _LOOK_S)))
            if self._waiting and self._waiting[0][3] <= time.monotonic():
                self._start(*self._waiting.popleft())
            self._look()

    def _take(self, message: Message) -> None:
        if message[0] == PLAY:
            self._waiting.append(message)
            return
        self._waiting.clear()
        self._playing.clear()
        self._simpleaudio.stop_all()

    def _start(self, _: bytes, pcm: bytes, rate_hz: int, at_s: float) -> None:
        try:
            playing = self._simpleaudio.play_buffer(pcm, 1, 2, rate_hz)
        except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
            _send(self._sink, packed(FAILED, _no_device(error)))
            return
        self._playing.append((playing, time.monotonic() + len(pcm) / 2 / rate_hz))
        _send(self._sink, packed(STARTED, at_s=at_s))

    def _look(self) -> None:
        """Tell where a sound was broken off, as by a device that is gone."""
        now_s = time.monotonic()
        broken = [
            end_s for each, end_s in self._playing if not each.is_playing() and end_s - now_s > _EARLY_S
        ]
        self._playing = [(each, end_s) for each, end_s in self._playing if end_s > now_s]
        if broken:
            self._playing.clear()
            _send(self._sink, packed(FAILED, b"the audio device stopped taking sound"))


def _no_device(error: Exception) -> bytes:
    return f"no audio device was found ({' '.join(str(error).split())})".encode()


def _listen(source: BinaryIO, messages: "SimpleQueue[Message]") -> None:
    try:
        while True:
            messages.put(read_message(source.read))
    except (EOFError, OSError):
        os._exit(0)  # the program is gone, and a device may be stuck in C


def _send(sink: BinaryIO, message: bytes) -> None:
    with suppress(OSError):
        sink.write(message)
        sink.flush()
