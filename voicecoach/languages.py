"""The languages that sessions can be spoken in: one file each in `phrases/`, found by its name."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import VoicecoachError, plain
from voicecoach.phrases import Phrases, parse_phrases
from voicecoach.phrases import __file__ as phrases_file
from voicecoach.phrases.own import Wordings, reworded

FOLDER = Path(phrases_file).parent
"""Where the files are."""

_DEFAULT = "en"
_PASSAGES = Path(__file__).with_name("passages.toml")


def spoken_languages() -> tuple[str, ...]:
    """Return the languages that have cue wordings, as BCP 47 tags without a region, in order."""
    return tuple(sorted(each.stem for each in FOLDER.glob("*.toml")))


def is_spoken(language: str) -> bool:
    """Return whether a language has cue wordings: without, a program can be shown and not heard."""
    return _family(language) in spoken_languages()


def phrases_for(language: str, own: Mapping[str, Wordings] | None = None) -> Phrases:
    """Return the wordings of a language, with a person's `own` by language.

    Raises VoicecoachError for a language without a phrase file.
    """
    if not is_spoken(language):
        what = f'there are no cue wordings for the language "{plain(language)}" yet'
        raise VoicecoachError(what, f"programs can be spoken in: {', '.join(spoken_languages())}")
    phrases = parse_phrases((FOLDER / f"{_family(language)}.toml").read_text(encoding="utf-8"))
    return reworded(phrases, (own or {}).get(phrases.language, {}))


def passage_for(language: str) -> str:
    """Return the sentences that a voice of a language reads so that it can be measured."""
    if is_spoken(language):
        return phrases_for(language).passage
    known = tomllib.loads(_PASSAGES.read_text(encoding="utf-8"))
    return str(known.get(_family(language)) or phrases_for(_DEFAULT).passage)


def _family(language: str) -> str:
    """Return a tag without its region: en of en-GB."""
    return language.partition("-")[0].lower()
