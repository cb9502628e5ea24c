"""The languages that are spoken, and the words of each: those that are built in, and a person's own."""

from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import VoicecoachError, plain
from voicecoach.phrases import Phrases, parse_phrases
from voicecoach.phrases import __file__ as phrases_file
from voicecoach.phrases.own import Wordings, reworded

_WORDINGS = Path(phrases_file).parent


def phrases_for(language: str, own: Mapping[str, Wordings] | None = None) -> Phrases:
    """Return the wordings of a language, with a person's `own` by language.

    Raises VoicecoachError for a language without a phrase file.
    """
    if not is_spoken(language):
        what = f'there are no cue wordings for the language "{plain(language)}" yet'
        raise VoicecoachError(what, f"programs can be spoken in: {', '.join(spoken_languages())}")
    file = _WORDINGS / f"{language.partition('-')[0].lower()}.toml"
    phrases = parse_phrases(file.read_text(encoding="utf-8"))
    return reworded(phrases, (own or {}).get(phrases.language, {}))


def is_spoken(language: str) -> bool:
    """Return whether a language has cue wordings: without, a program can be shown and not heard."""
    return language.partition("-")[0].lower() in spoken_languages()


def spoken_languages() -> tuple[str, ...]:
    """Return the languages that have cue wordings."""
    return tuple(sorted(each.stem for each in _WORDINGS.glob("*.toml")))
