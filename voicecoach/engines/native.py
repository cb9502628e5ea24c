"""The voices of macOS (nsss) and Windows (sapi5), through pyttsx3 in a worker."""

import platform
from functools import partial
from io import BytesIO

from voicecoach.clip import Pcm
from voicecoach.engines import Voice
from voicecoach.engines.package_info import package_version
from voicecoach.engines.worker_process import WorkerProcess
from voicecoach.errors import EngineError
from voicecoach.units import RATE_HZ

_SPEAKER = "voicecoach.engines.native_speaker:NativeSpeaker"

_LIMIT_S = 6.0
# Not measured: a system's engine may fetch a voice from disk first, and is taken to be ten times slower.
_LIMIT_S_A_LETTER = 0.03


def native_version() -> str:
    """Return what decides the sound of these voices: a system's update may bring others."""
    return f"{platform.platform(terse=True)}/{package_version('pyttsx3')}"


class Native:
    """A system's own voices; `name` is the driver of pyttsx3, and `suffix` that of the files it writes."""

    def __init__(self, name: str, suffix: str, command: tuple[str, ...] = ()) -> None:
        self.name, self.version = name, native_version()
        self._worker = WorkerProcess(name, (_SPEAKER, name, suffix), command)

    def voices(self) -> tuple[Voice, ...]:
        """Return the system's voices; raises EngineError."""
        return tuple(Voice(*row) for row in self._worker.voices(_LIMIT_S))

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        """Speak `text`; `nominal_wpm` is pyttsx3's `rate`. Raises EngineError."""
        limit_s = _LIMIT_S + _LIMIT_S_A_LETTER * len(text)
        return decode_sound_file(self._worker.speak(text, voice, nominal_wpm, limit_s)[1])

    def close(self) -> None:
        """End the worker."""
        self._worker.close()


Nsss = partial(Native, "nsss", ".aiff")
Sapi5 = partial(Native, "sapi5", ".wav")


def decode_sound_file(sound_file: bytes) -> tuple[Pcm, int]:
    """Decode a sound file to mono at the rate of a session; raises EngineError. No bytes are no sound."""
    # 0.2 s, which who only lists the voices does without.
    import av
    import numpy as np

    blocks = [np.zeros(0, np.int16)]
    try:
        if sound_file:
            with av.open(BytesIO(sound_file), "r") as container:
                resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
                for frame in [*container.decode(audio=0), None]:
                    resampled = resampler.resample(frame)
                    blocks += [np.asarray(block.to_ndarray(), np.int16).reshape(-1) for block in resampled]
    except (av.FFmpegError, IndexError):
        raise EngineError("the system's speech engine wrote a sound file that cannot be read") from None
    return np.concatenate(blocks), RATE_HZ
