"""Own wordings: what a settings file says in `[words.en.cues]`, held against the language it names."""

from collections.abc import Callable, Iterator, Mapping

from voicecoach.cli.settings.file import ConfigFile, Key, SettingFault
from voicecoach.cli.settings.presets import WORDS
from voicecoach.cli.settings.values import OwnWording
from voicecoach.errors import UnknownNameError, VoicecoachError
from voicecoach.phrases import Phrases
from voicecoach.phrases.own import own_variants

CUES = "cues"
NOT_WORDED = {"safety": VoicecoachError("the safety sentences are said as they are", "leave this table out")}
"""Tables of a language that a person may look for and cannot have, and why."""


def own_wordings(config: ConfigFile, phrases_of: Callable[[str], Phrases]) -> Iterator[OwnWording | SettingFault]:
    """Yield the wordings of a file and what is wrong; `phrases_of` raises for an unknown language."""
    languages = config.table.get(WORDS, {})
    if not isinstance(languages, Mapping):
        yield config.fault((WORDS,), VoicecoachError("this is a table", "write [words.en.cues], and cues below it"))
        return
    for language, tables in languages.items():
        key = (WORDS, language)
        try:
            phrases = phrases_of(language)
            if phrases.language != language:
                raise UnknownNameError("wording of the language", language, [phrases.language])
            yield from _language(config, phrases, key, tables)
        except VoicecoachError as error:
            yield config.fault(key, error)


def _language(config: ConfigFile, phrases: Phrases, key: Key, tables: object) -> Iterator[OwnWording | SettingFault]:
    if not isinstance(tables, Mapping):
        raise VoicecoachError("this is a table", f"write [{'.'.join(key)}.{CUES}], and cues below it")
    for name, table in tables.items():
        if name != CUES:
            unknown = UnknownNameError("table of wordings", name, [CUES], f"{CUES} is the only one")
            yield config.fault((*key, name), NOT_WORDED.get(name, unknown))
        elif not isinstance(table, Mapping):
            yield config.fault((*key, name), VoicecoachError("this is a table", "write its cues below it"))
        else:
            yield from (_cue(config, phrases, (*key, name, cue), value) for cue, value in table.items())


def _cue(config: ConfigFile, phrases: Phrases, key: Key, value: object) -> OwnWording | SettingFault:
    try:
        return OwnWording(key[1], key[-1], own_variants(phrases, key[-1], value), config.line_of(key))
    except VoicecoachError as error:
        return config.fault(key, error)
