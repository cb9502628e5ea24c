"""The languages that sessions can be spoken in: one file each in `phrases/`, found by its name."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import VoicecoachError, plain
from voicecoach.phrases import Phrases, Variants
from voicecoach.phrases import __file__ as phrases_file

FOLDER = Path(phrases_file).parent
"""Where the files are."""


def is_spoken(language: str) -> bool:
    """Return whether a language has cue wordings: without, a program can be shown and not heard."""
    return _family(language) in _spoken_languages()


def phrases_for(language: str, own: Mapping[str, Mapping[str, Variants]] | None = None) -> Phrases:
    """Return the wordings of a language, with a person's `own` by language.

    Raises VoicecoachError for a language without a phrase file.
    """
    if not is_spoken(language):
        what = f'there are no cue wordings for the language "{plain(language)}" yet'
        raise VoicecoachError(what, f"programs can be spoken in: {', '.join(_spoken_languages())}")
    phrases = Phrases(tomllib.loads((FOLDER / f"{_family(language)}.toml").read_text(encoding="utf-8")))
    return phrases.reworded((own or {}).get(phrases.language, {}))


def passage_for(language: str) -> str:
    """Return the sentences that a voice of a language reads so that it can be measured."""
    if is_spoken(language):
        return str(phrases_for(language).table["passage"])
    known = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))
    return str(known.get(_family(language)) or passage_for("en"))


def _spoken_languages() -> list[str]:
    """Return the languages that have cue wordings, as BCP 47 tags without a region, in order."""
    return sorted(each.stem for each in FOLDER.glob("*.toml"))


def _family(language: str) -> str:
    """Return a tag without its region: en of en-GB."""
    return language.partition("-")[0].lower()
