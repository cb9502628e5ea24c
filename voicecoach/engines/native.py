"""The voices of macOS (nsss) and Windows (sapi5), through pyttsx3 in a worker."""

import platform

from voicecoach.clip import Pcm
from voicecoach.engines import Voice
from voicecoach.engines.package_info import package_version
from voicecoach.engines.worker_process import WorkerProcess

_SPEAKER = "voicecoach.engines.native_speaker:NativeSpeaker"

_LIMIT_S = 6.0
# Not measured: a system's engine may fetch a voice from disk first, and is taken to be ten times slower.
_LIMIT_S_A_LETTER = 0.03


def native_version() -> str:
    """Return what decides the sound of these voices: a system's update may bring others."""
    return f"{platform.platform(terse=True)}/{package_version('pyttsx3')}"


class _Native:
    """A system's own voices; `name` is the driver of pyttsx3, and `_suffix` that of the files it writes."""

    name = ""
    _suffix = ""

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        self.version = native_version()
        self._worker = WorkerProcess(self.name, (_SPEAKER, self.name, self._suffix), command)

    def voices(self) -> tuple[Voice, ...]:
        """Return the system's voices; raises EngineError."""
        return tuple(Voice(*row) for row in self._worker.voices(_LIMIT_S))

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        """Speak `text`; `nominal_wpm` is pyttsx3's `rate`. Raises EngineError."""
        limit_s = _LIMIT_S + _LIMIT_S_A_LETTER * len(text)
        _, sound_file = self._worker.speak(text, voice, nominal_wpm, limit_s)
        # 0.2 s for PyAV and NumPy, which who only lists the voices does without.
        from voicecoach.engines.sound_file import decode_sound_file

        return decode_sound_file(sound_file)

    def close(self) -> None:
        """End the worker."""
        self._worker.close()


class Nsss(_Native):
    """The voices of macOS."""

    name, _suffix = "nsss", ".aiff"


class Sapi5(_Native):
    """The voices of Windows."""

    name, _suffix = "sapi5", ".wav"
