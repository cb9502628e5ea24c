"""espeak-ng inside its worker: the library and data of the wheel, through pyttsx3's own bindings.

A phrase takes 1.6 ms and ends in 10 ms of silence; through the public engine of pyttsx3, 11 ms and 380 ms.
"""

import ctypes
from typing import Any

import espeakng_loader

# espeakINITIALIZE_DONT_EXIT of speak_lib.h: without it, C ends the process where data is missing.
_DO_NOT_EXIT = 0x8000

# A NUL ends a C string, and \x01 starts a command that espeak-ng would obey.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


class EspeakSpeaker:
    """The one owner of the library in this process."""

    def __init__(self) -> None:
        self._bindings = _bindings()
        folder = espeakng_loader.get_data_path().encode()
        synchronous = self._bindings.AUDIO_OUTPUT_SYNCHRONOUS
        self._rate_hz = self._bindings.Initialize(synchronous, 0, folder, _DO_NOT_EXIT)
        if self._rate_hz <= 0:
            raise OSError("espeak-ng finds no data in the wheel espeakng-loader")
        self._chunks: list[bytes] = []
        self._bindings.SetSynthCallback(self._collect)

    def voices(self) -> list[tuple[str, str, str]]:
        """Return nothing: `engines.espeak` reads voices from the wheel's data, without a process."""
        return []

    def speak(self, text: str, voice: str, nominal_wpm: int) -> tuple[int, bytes]:
        """Speak with the voice of that identifier; SSML and phoneme codes are read out like any words."""
        es = self._bindings
        self._chunks.clear()
        if es.SetVoiceByName(voice.encode()) != es.EE_OK:
            raise ValueError(f'espeak-ng refuses the voice "{voice}"')
        es.SetParameter(es.RATE, nominal_wpm, 0)
        words = text.translate(_CONTROLS).encode("utf-8", "ignore")
        if es.cSynth(words, len(words) + 1, 0, es.POS_CHARACTER, 0, es.CHARS_UTF8, None, None) != es.EE_OK:
            raise ValueError("espeak-ng refuses the text")
        return self._rate_hz, b"".join(self._chunks)

    def _collect(self, samples: Any, count: int, _events: Any) -> int:  # noqa: ANN401 - ctypes pointers
        if count > 0:
            self._chunks.append(ctypes.string_at(samples, count * 2))
        return 0


def _bindings() -> Any:  # noqa: ANN401 - a module without types
    """Import pyttsx3's bindings on the wheel's library, wherever else they would look for one."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    here: dict[str, Any] = vars(ctypes.cdll)
    here["LoadLibrary"] = lambda _path: library
    try:
        import pyttsx3.drivers._espeak as bindings
    finally:
        del here["LoadLibrary"]
    return bindings
