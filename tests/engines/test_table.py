"""How a voice is found by its name."""

import pytest

from voicecoach.engines import Voice
from voicecoach.engines.table import ENGINES, choose_voice, engines_here, find_voice, list_voices
from voicecoach.errors import UnknownNameError

OFFERED = (
    Voice("en-gb", "en-gb", "English (Great Britain)", ("f1", "f3")),
    Voice("en-us", "en-us", "English (America)", ("f1", "f3")),
    Voice("cs", "cs", "Czech"),
    Voice("fr-be", "fr-be"),
    Voice("fr-fr", "fr-fr"),
    Voice("Eddy", "it-IT"),
)


def test_a_default_voice_comes_in_the_variant_that_suits_it() -> None:
    offered = (Voice("en-us", "en-us", "English (America)", ("f1", "f2")),)
    assert find_voice(None, offered, "en").name == "en-us+f2"
    assert find_voice("en-us", offered, "en").name == "en-us"


@pytest.mark.parametrize(
    ("wanted", "language", "found"),
    [
        (None, "en", "en-us"),
        (None, "en-GB", "en-gb"),
        (None, "en-AU", "en-gb"),
        (None, "cs", "cs"),
        (None, "fr", "fr-fr"),
        (None, "it", "Eddy"),
        ("en-gb", "cs", "en-gb"),
        ("EN-GB", "en", "en-gb"),
        ("en-gb+f3", "en", "en-gb+f3"),
        ("en", "cs", "en-us"),
        ("en+f1", "cs", "en-us+f1"),
        ("eddy", "en", "Eddy"),
    ],
)
def test_a_voice_is_found(wanted: str | None, language: str, found: str) -> None:
    assert find_voice(wanted, OFFERED, language).name == found


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("en-gg", "en-gb"), ("en-gb+f33", "en-gb+f3"), ("cs+f1", None), ("edy", "Eddy"), ("", None), ("klingon", None)],
)
def test_an_unknown_voice_is_told_with_those_near_it(wanted: str, near: str | None) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_voice(wanted, OFFERED, "en")
    assert near is None or near.lower() in [name.lower() for name in caught.value.near]
    assert near is not None or "voicecoach voices" in str(caught.value)


def test_a_language_without_a_voice_is_told() -> None:
    with pytest.raises(UnknownNameError, match='no voice for the language "zz"'):
        find_voice(None, OFFERED, "zz")


def test_an_engine_may_be_named_with_its_voice() -> None:
    engine, voice = choose_voice("espeak:en-gb+f3", "en")
    assert (engine, voice.name, voice.language) == ("espeak", "en-gb+f3", "en-gb")


@pytest.mark.parametrize("wanted", ["espeak:nobody", "nobody", "nothing:en-gb"])
def test_an_unknown_voice_of_this_machine_is_refused(wanted: str) -> None:
    with pytest.raises(UnknownNameError):
        choose_voice(wanted, "en")


@pytest.mark.parametrize(
    ("platform", "engines"),
    [("linux", ("espeak",)), ("darwin", ("nsss", "espeak")), ("win32", ("sapi5", "espeak")), ("aix", ("espeak",))],
)
def test_each_platform_has_its_engines_and_espeak_everywhere(platform: str, engines: tuple[str, ...]) -> None:
    assert engines_here(platform) == engines
    assert set(engines) <= set(ENGINES)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_and_the_table_agree_on_name_and_version(name: str) -> None:
    engine = ENGINES[name].make()
    assert (engine.name, engine.version) == (name, ENGINES[name].read_version())


def test_the_voices_of_this_machine_are_there() -> None:
    assert ("espeak", "en-us") in [(engine, voice.name) for engine, voice in list_voices()]
