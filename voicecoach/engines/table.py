"""The engines there are, which of them a platform has, and how a voice is found by its name."""

import sys
from collections.abc import Callable, Iterable
from contextlib import closing

from voicecoach.engines import Engine, Voice
from voicecoach.errors import EngineError, UnknownNameError


def _espeak() -> Engine:
    from voicecoach.engines.espeak import Espeak

    return Espeak()


def _nsss() -> Engine:
    from voicecoach.engines.native import Native

    return Native("nsss")


def _sapi5() -> Engine:
    from voicecoach.engines.native import Native

    return Native("sapi5")


def _espeak_version() -> str:
    from voicecoach.engines.espeak import espeak_version

    return espeak_version()


def _native_version() -> str:
    from voicecoach.engines.native import native_version

    return native_version()


FACTORIES: dict[str, Callable[[], Engine]] = {"espeak": _espeak, "nsss": _nsss, "sapi5": _sapi5}
"""What makes each engine; nothing is started before its first question."""

VERSIONS: dict[str, Callable[[], str]] = {
    "espeak": _espeak_version,
    "nsss": _native_version,
    "sapi5": _native_version,
}
"""What tells each engine's version without making it."""

_HERE = {"darwin": ("nsss", "espeak"), "win32": ("sapi5", "espeak")}
"""Engines by platform, the best first; anywhere else espeak alone."""

_PREFERRED = {"en": ("en-us", "Samantha", "Microsoft Zira Desktop - English (United States)")}
"""Voices to begin with. espeak's en-us sounds every r, which tells more words apart, speaks a little slower
than en-gb (197 against 201 real words a minute at 175), and peaks 1 dB lower."""

_VARIANTS = {"en-us": "f2"}
"""The variant of a default voice. en-us alone reaches -20.4 LUFS before its peaks do -1 dBTP; with f2 it
reaches -19.1 (a session of 15 minutes, 82 different utterances)."""


def engines_here(platform: str = sys.platform) -> tuple[str, ...]:
    """Return the names of a platform's engines, the default one first."""
    return _HERE.get(platform, ("espeak",))


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
    if colon and engine in FACTORIES:
        return engine, find_voice(name, _voices_of(engine), language)
    offered = list_voices()
    missing: list[UnknownNameError] = []
    for engine in engines_here():
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
        default = _for_language(language, offered)
        variant = _VARIANTS.get(default.name, "")
        return _varied(default, variant) if variant in default.variants else default
    name, plus, variant = wanted.partition("+")
    by_name = {voice.name.lower(): voice for voice in reversed(offered)}
    voice = by_name.get(wanted.lower()) or by_name.get(name.lower()) or _of_tag(name, offered)
    if voice is None:
        raise _unknown(wanted, by_name)
    if not plus or voice.name.lower() == wanted.lower():
        return voice
    if variant not in voice.variants:
        raise _unknown(wanted, (f"{voice.name}+{each}" for each in voice.variants))
    return _varied(voice, variant)


def _varied(voice: Voice, variant: str) -> Voice:
    return Voice(f"{voice.name}+{variant}", voice.language, f"{voice.description}, {variant}")


def _for_language(language: str, offered: tuple[Voice, ...]) -> Voice:
    """Return the voice of a language's very tag, else its preferred one, else the first of its family."""
    family = [voice for voice in offered if _family(voice.language) == _family(language)]
    found = _of_tag(language, offered) or (family[0] if family else None)
    if found is None:
        raise UnknownNameError("voice for the language", language, (), "see voicecoach voices")
    return found


def _of_tag(tag: str, offered: tuple[Voice, ...]) -> Voice | None:
    lower = tag.lower().replace("_", "-")
    preferred = _PREFERRED.get(lower, (f"{lower}-{lower}",))
    exact = [voice for voice in offered if voice.language.lower() == lower]
    return next(iter([*exact, *(voice for voice in offered if voice.name in preferred)]), None)


def _family(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


def _unknown(wanted: str, known: Iterable[str]) -> UnknownNameError:
    return UnknownNameError("voice", wanted, known, "see voicecoach voices")


def _voices_of(name: str) -> tuple[Voice, ...]:
    with closing(FACTORIES[name]()) as engine:
        return engine.voices()
