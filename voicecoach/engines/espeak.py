"""espeak-ng 1.52 out of the wheel `espeakng-loader`: the voices that are there without any system package."""

from __future__ import annotations

import os
from functools import cache, cached_property
from typing import TYPE_CHECKING

from voicecoach.clip import Pcm
from voicecoach.engines import Voice
from voicecoach.engines.package_info import package_folder, package_version
from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from voicecoach.engines.worker_process import WorkerProcess

_SPEAKER = "voicecoach.engines.espeak_speaker:EspeakSpeaker"

_LIMIT_S = 3.0
# Twenty times what a letter took on two slow cores, and a pause of a busy machine.
_LIMIT_S_A_LETTER = 0.003


@cache
def espeak_version() -> str:
    """Return what decides the sound of these voices, without starting anything."""
    return f"{package_version('espeakng_loader')}/{package_version('pyttsx3')}"


class Espeak:
    """espeak-ng in a worker. A voice is a language code (`en-gb`), with a variant or without (`en-gb+f3`)."""

    name = "espeak"

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        self.version = espeak_version()
        self._command = command

    def voices(self) -> tuple[Voice, ...]:
        """Return the voice of each language in the wheel's data, English first; nothing is started."""
        return tuple(voice for voice, _ in self._listed.values())

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        """Speak `text`; espeak-ng's own scale of `nominal_wpm` ends at 80 and 450. Raises EngineError."""
        limit_s = _LIMIT_S + _LIMIT_S_A_LETTER * len(text)
        rate_hz, samples = self._worker.speak(text, self._identifier(voice), nominal_wpm, limit_s)
        # Not before: it is imported in a third of the time that the worker takes to start.
        import numpy as np

        return np.frombuffer(samples, np.int16), rate_hz

    def close(self) -> None:
        """End the worker, where one was asked for."""
        if "_worker" in vars(self):
            self._worker.close()

    @cached_property
    def _worker(self) -> WorkerProcess:
        # 6 ms, above all of `subprocess`: a session whose sounds are known does without.
        from voicecoach.engines.worker_process import WorkerProcess

        return WorkerProcess(self.name, (_SPEAKER,), self._command)

    def _identifier(self, voice: str) -> str:
        # espeak-ng takes an unknown variant in silence, and a path for a name: both are looked up first.
        name, plus, variant = voice.partition("+")
        listed, identifier = self._listed.get(name, (None, ""))
        if listed is None or (plus and variant not in listed.variants):
            raise EngineError(f'espeak has no voice "{voice}"', "see voicecoach voices")
        return f"{identifier}{plus}{variant}"

    @cached_property
    def _listed(self) -> dict[str, tuple[Voice, str]]:
        """Voices and their identifiers (paths under `lang`), by name."""
        folder = package_folder("espeakng_loader")
        if folder is None or not (folder / "espeak-ng-data").is_dir():
            raise EngineError("espeak's wheel is missing", "run pip install espeakng-loader")
        data = folder / "espeak-ng-data"
        variants = tuple(sorted(os.listdir(data / "voices" / "!v")))  # noqa: PTH208 - many names, at each start
        # Paths as such would take most of the time.
        files = (os.path.join(inside, name) for inside, _, names in os.walk(data / "lang") for name in names)  # noqa: PTH118
        start = len(str(data / "lang")) + 1
        found = sorted((path[start:].replace(os.sep, "/"), path) for path in files)
        read = [_read_voice(name, path, variants) for name, path in found]
        read.sort(key=lambda row: (not row[0].language.startswith("en"), row[0].name))
        return {voice.name: (voice, identifier) for voice, identifier in read}


def _read_voice(identifier: str, path: str, variants: tuple[str, ...]) -> tuple[Voice, str]:
    """Read a voice file's first `language`, which names it, and its `name`, which describes it."""
    fields: dict[str, str] = {}
    with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - as above
        lines = file.read().splitlines()
    for line in lines:
        key, _, value = line.partition("//")[0].strip().partition(" ")
        fields.setdefault(key, value.strip())
    own = identifier.rpartition("/")[2]
    language = fields.get("language", own).split()[0]
    # Two ways of writing a language share its code: the second is named as its file is.
    name = own if own.lower().startswith(f"{language.lower()}-") else language
    return Voice(name.lower(), language, fields.get("name", name), variants), identifier
