"""Inside the process that a speech engine lives in. Neither NumPy nor anything else heavy is loaded here."""

from pkgutil import resolve_name
from typing import Protocol

from voicecoach.processes.frames import FAILED
from voicecoach.processes.inside import ParentProcess, tell_in_a_line

VOICES = "voices"
SPEAK = "speak"
"""What a worker may be asked."""


class Speaker(Protocol):
    """What speaks inside a worker; made and called in its main thread alone."""

    def voices(self) -> list[tuple[str, str, str]]:
        """Return name, language and description of each voice."""
        ...

    def speak(self, text: str, voice: str, nominal_wpm: int) -> tuple[int, bytes]:
        """Return a sample rate in Hz and mono samples of 16 bits; or 0 and the bytes of a sound file."""
        ...


def run_worker(speaker_name: str, *words: str) -> None:
    """Serve requests for the speaker of that dotted name, made of `words`, until the program is gone."""
    parent = ParentProcess()
    try:
        speaker: Speaker = resolve_name(speaker_name)(*words)
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        parent.fail(tell_in_a_line(error))
        return
    parent.is_ready()
    while request := parent.receive():
        wanted = dict(request.fields)
        number = {"number": wanted.pop("number")}
        try:
            if request.kind == VOICES:
                parent.send(VOICES, {"voices": speaker.voices(), **number})
            else:
                rate_hz, sound = speaker.speak(**wanted)
                parent.send(SPEAK, {"rate_hz": rate_hz, **number}, sound)
        except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
            parent.send(FAILED, {"why": tell_in_a_line(error), **number})
