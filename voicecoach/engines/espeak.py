"""espeak-ng 1.52 out of the wheel `espeakng-loader`: the voices that are there without any system package."""

from __future__ import annotations

import json
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.engines import Voice
from voicecoach.engines.supervisor import Worker
from voicecoach.engines.wire import RENDER
from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from voicecoach.audio import Pcm

_LIMIT_S = 5.0
_LIMIT_S_A_LETTER = 0.003
"""Twenty times what a letter took on two slow cores."""


def espeak_version() -> str:
    """Return what decides the sound of these voices, without starting anything."""
    return f"{version('espeakng-loader')}/{version('pyttsx3')}"


class Espeak:
    """espeak-ng in a worker. A voice is a language code (`en-gb`), with a variant or without (`en-gb+f3`)."""

    name = "espeak"

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        self.version = espeak_version()
        self._worker = Worker(self.name, command)

    def voices(self) -> tuple[Voice, ...]:
        """Return the voice of each language in the wheel's data, English first; nothing is started."""
        return tuple(voice for voice, _ in self._listed.values())

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        """Speak `text`; espeak-ng's own scale of `nominal_wpm` ends at 80 and 450. Raises EngineError."""
        import numpy as np

        wanted = {"text": text, "voice": self._identifier(voice), "nominal_wpm": nominal_wpm}
        limit_s = _LIMIT_S + _LIMIT_S_A_LETTER * len(text)
        answer = self._worker.ask(RENDER, json.dumps(wanted).encode(), limit_s)
        return np.frombuffer(answer, np.int16, offset=4), int.from_bytes(answer[:4], "big")

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

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
        variants = tuple(sorted(path.name for path in (_data_folder() / "voices" / "!v").iterdir()))
        folder = _data_folder() / "lang"
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        read = [_read_voice(path, path.relative_to(folder).as_posix(), variants) for path in files]
        read.sort(key=lambda row: (not row[0].language.startswith("en"), row[0].name))
        return {voice.name: (voice, identifier) for voice, identifier in read}


def _data_folder() -> Path:
    try:
        import espeakng_loader

        return Path(espeakng_loader.get_data_path())
    except (ImportError, RuntimeError):
        raise EngineError("espeak's wheel is missing", "run pip install espeakng-loader") from None


def _read_voice(path: Path, identifier: str, variants: tuple[str, ...]) -> tuple[Voice, str]:
    """Read a voice file's first `language`, which names it, and its `name`, which describes it."""
    fields: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _, value = line.partition("//")[0].strip().partition(" ")
        fields.setdefault(key, value.strip())
    language = fields.get("language", path.name).split()[0]
    # Two ways of writing a language share its code: the second is named as its file is.
    name = path.name if path.name.lower().startswith(f"{language.lower()}-") else language
    return Voice(name.lower(), language, fields.get("name", name), variants), identifier
