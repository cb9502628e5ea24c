"""The process that a speech engine lives in: it can hang or crash without taking the program along.

One thread reads requests, and ends the process when the program is gone, even in the middle of a render; the
main thread alone touches the engine. Neither NumPy nor anything else heavy is imported here.
"""

import json
import os
import signal
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, Protocol

from voicecoach.engines.wire import (
    READY,
    REFUSED,
    RENDER,
    SOUND,
    VOICES,
    WireError,
    read_frame,
    write_frame,
)
from voicecoach.processes.child import private_pipes

Request = tuple[bytes, bytes]


class Speaker(Protocol):
    """What speaks inside a worker."""

    def voices(self) -> list[tuple[str, str, str]]:
        """Return name, language and description of each voice."""
        ...

    def speak(self, text: str, voice: str, nominal_wpm: int) -> tuple[int, bytes]:
        """Return a sample rate in Hz and mono samples of 16 bits; or 0 and the bytes of a sound file."""
        ...


def _espeak() -> Speaker:
    from voicecoach.engines.espeak_speaker import EspeakSpeaker

    return EspeakSpeaker()


def _nsss() -> Speaker:
    from voicecoach.engines.native_speaker import NativeSpeaker

    return NativeSpeaker("nsss", ".aiff")


def _sapi5() -> Speaker:
    from voicecoach.engines.native_speaker import NativeSpeaker

    return NativeSpeaker("sapi5", ".wav")


SPEAKERS: dict[str, Callable[[], Speaker]] = {"espeak": _espeak, "nsss": _nsss, "sapi5": _sapi5}


def main(name: str) -> None:
    """Serve requests for the speaker of that name until the program closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides when Ctrl-C ends a session
    source, sink = private_pipes()
    requests: SimpleQueue[Request] = SimpleQueue()
    Thread(target=_listen, args=(source, requests), daemon=True).start()
    try:
        speaker = SPEAKERS[name]()
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        _send(sink, REFUSED, _sentence(error))
        return
    _send(sink, READY, b"")
    while True:
        _send(sink, *_answer(speaker, *requests.get()))


def _listen(source: BinaryIO, requests: "SimpleQueue[Request]") -> None:
    try:
        while True:
            requests.put(read_frame(source.read))
    except (WireError, OSError):
        os._exit(0)  # the program is gone, and a render may be stuck in C


def _answer(speaker: Speaker, kind: bytes, payload: bytes) -> tuple[bytes, bytes]:
    try:
        if kind == RENDER:
            wanted = json.loads(payload)
            rate_hz, sound = speaker.speak(wanted["text"], wanted["voice"], wanted["nominal_wpm"])
            return SOUND, rate_hz.to_bytes(4, "big") + sound
        return VOICES, json.dumps(speaker.voices()).encode()
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        return REFUSED, _sentence(error)


def _sentence(error: Exception) -> bytes:
    return " ".join((str(error) or type(error).__name__).split()).encode("utf-8", "replace")


def _send(sink: BinaryIO, kind: bytes, payload: bytes) -> None:
    write_frame(sink.write, kind, payload)
    sink.flush()
