"""The engines there are, which of them a platform has, and how a voice is found by its name."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pkgutil import resolve_name
from types import MappingProxyType
from typing import NamedTuple

from voicecoach.engines import Engine, Voice
from voicecoach.errors import EngineError, UnknownNameError


class EngineRow(NamedTuple):
    """All that is asked of an engine before it is made.

    `engine` and `version` are dotted names: of what makes the engine, which starts nothing before its first
    question, and of what tells its version without making it. `kind` is how it makes speech: "formant" by
    rules, "system" as the system does, "neural" by a trained model. `platforms` are those of `sys.platform` that
    have it, none meaning all. `languages` are those whose sessions it speaks where no voice is named, none
    meaning all; `voices` names its voice for such a language, where it is not the first one.
    """

    engine: str
    version: str
    kind: str
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    voices: Mapping[str, str] = MappingProxyType({})

    def is_default_for(self, language: str) -> bool:
        """Return whether it speaks sessions in a language, of a region or not, where no voice is named."""
        return not self.languages or _family(language) in self.languages

    def make(self) -> Engine:
        """Return a new engine; nothing is started before its first question."""
        engine: Engine = resolve_name(self.engine)()
        return engine

    def read_version(self) -> str:
        """Return the engine's version, which is part of the key of every clip."""
        version: str = resolve_name(self.version)()
        return version


ENGINES = {
    "nsss": EngineRow(
        "voicecoach.engines.native:Nsss", "voicecoach.engines.native:native_version", "system", ("darwin",),
        voices={"en": "Samantha"},
    ),
    "sapi5": EngineRow(
        "voicecoach.engines.native:Sapi5", "voicecoach.engines.native:native_version", "system", ("win32",),
        voices={"en": "Microsoft Zira Desktop - English (United States)"},
    ),
    # en-us sounds every r, which tells more words apart, speaks a little slower than en-gb (197 against 201
    # real words a minute at 175), and peaks 1 dB lower. Alone it reaches -20.4 LUFS before its peaks do -1
    # dBTP; with f2 it reaches -19.1 (a session of 15 minutes, 82 different utterances).
    "espeak": EngineRow(
        "voicecoach.engines.espeak:Espeak", "voicecoach.engines.espeak:espeak_version", "formant",
        voices={"en": "en-us+f2"},
    ),
}  # fmt: skip
"""The engines by name, the best first: the first that has a voice for a session speaks it."""


def engines_here(platform: str = sys.platform) -> tuple[str, ...]:
    """Return the names of a platform's engines, the best first."""
    return tuple(name for name, row in ENGINES.items() if not row.platforms or platform in row.platforms)


def list_voices() -> tuple[tuple[str, Voice], ...]:
    """Return all voices of this machine with their engine's name; raises EngineError where no engine works.

    An engine that cannot start is left out as long as another one speaks.
    """
    found: list[tuple[str, Voice]] = []
    failed: EngineError | None = None
    for name in engines_here():
        try:
            found += [(name, voice) for voice in _voices_of(name)]
        except EngineError as error:
            failed = failed or error
    if failed and not found:
        raise failed
    return tuple(found)


def choose_voice(wanted: str | None, language: str) -> tuple[str, Voice]:
    """Return the engine's name and the voice that is `wanted`: `name`, `engine:name`, None for the default.

    Raises UnknownNameError and EngineError.
    """
    engine, colon, name = (wanted or "").partition(":")
    if colon and engine in ENGINES:
        return engine, find_voice(name, _voices_of(engine), language)
    offered = list_voices()
    missing: list[UnknownNameError] = []
    # Where no voice is named, the engines that speak such sessions by default come first.
    suits = {name: wanted is not None or ENGINES[name].is_default_for(language) for name in engines_here()}
    for engine in sorted(suits, key=suits.__getitem__, reverse=True):
        try:
            return engine, find_voice(wanted, (voice for name, voice in offered if name == engine), language)
        except UnknownNameError as error:
            missing.append(error)
    raise missing[-1]


def find_voice(wanted: str | None, voices: Iterable[Voice], language: str) -> Voice:
    """Return the voice of that name, whatever the case; raises UnknownNameError.

    A name may carry a variant (`en-gb+f3`) or be a bare language (`fr`). None is the voice for `language`.
    """
    offered = tuple(voices)
    if wanted is None:
        # The voice of the language's very tag, else its preferred one, else the first of its family.
        family = (voice for voice in offered if _family(voice.language) == _family(language))
        default = _of_tag(language, offered) or next(family, None)
        if default is None:
            raise UnknownNameError("voice for the language", language, (), "see voicecoach voices")
        names = [name.partition("+") for row in ENGINES.values() for name in row.voices.values()]
        variant = next((variant for name, _, variant in reversed(names) if name == default.name), "")
        return _varied(default, variant) if variant in default.variants else default
    name, plus, variant = wanted.partition("+")
    by_name = {voice.name.lower(): voice for voice in reversed(offered)}
    voice = by_name.get(wanted.lower()) or by_name.get(name.lower()) or _of_tag(name, offered)
    if voice and (not plus or voice.name.lower() == wanted.lower()):
        return voice
    if voice and variant in voice.variants:
        return _varied(voice, variant)
    known = [f"{voice.name}+{each}" for each in voice.variants] if voice else by_name
    raise UnknownNameError("voice", wanted, known, "see voicecoach voices")


def _varied(voice: Voice, variant: str) -> Voice:
    return Voice(f"{voice.name}+{variant}", voice.language, f"{voice.description}, {variant}")


def _of_tag(tag: str, offered: tuple[Voice, ...]) -> Voice | None:
    lower = tag.lower().replace("_", "-")
    named = [row.voices[lower].partition("+")[0] for row in ENGINES.values() if lower in row.voices]
    preferred = named or [f"{lower}-{lower}"]
    exact = [voice for voice in offered if voice.language.lower() == lower]
    return next(iter([*exact, *(voice for voice in offered if voice.name in preferred)]), None)


def _family(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


def _voices_of(name: str) -> tuple[Voice, ...]:
    with closing(ENGINES[name].make()) as engine:
        return engine.voices()
