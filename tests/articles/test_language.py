"""The tables of words, language by language, and which language a text is in."""

import tomllib
from collections import defaultdict
from importlib import resources
from itertools import chain

import pytest

from voicecoach.articles.dose.labels import TIME
from voicecoach.articles.dose.lexicon import lexicon
from voicecoach.articles.dose.stated import FIELDS
from voicecoach.articles.language import TAGS, Language, detect_language, fold, languages, load_language, parse_language

SAMPLES = {
    "en": "Lie on your back with the knees bent and draw one leg towards the chest, then let it go slowly.",
    "cs": "Lehněte si na záda, pokrčte nohy a přitáhněte jedno koleno k hrudníku, pak se pomalu vraťte.",
    "de": "Legen Sie sich auf den Rücken und ziehen Sie ein Knie mit beiden Händen langsam zur Brust.",
    "es": "Túmbese boca arriba con las rodillas dobladas y lleve una pierna hacia el pecho sin forzar.",
    "fr": "Allongez-vous sur le dos, pliez les genoux et amenez une jambe vers la poitrine sans forcer.",
}


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_is_known_by_its_stop_words(tag: str) -> None:
    found, confidence = detect_language(SAMPLES[tag], languages())
    assert found == tag
    assert 0.4 < confidence <= 1


def test_a_text_without_words_is_the_first_language_without_confidence() -> None:
    assert detect_language("12 34 --", languages()) == ("en", 0.0)


@pytest.mark.parametrize("tag", TAGS)
def test_no_phrase_of_a_language_has_two_meanings(tag: str) -> None:
    kinds = defaultdict(set)
    table = lexicon(load_language(tag))
    for phrase in chain(*table.whole.values(), *table.stems.values()):
        kinds[phrase.words].add(phrase.kind)
    assert not {words: found for words, found in kinds.items() if len(found) > 1}


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_has_the_tables_of_english(tag: str) -> None:
    english, other = load_language("en"), load_language(tag)
    assert set(other.labels) == set(english.labels)
    needed = {"hold", "repeat", "reps", "sets", "side", "each", "rest", "not", "grow", "period", "to"}
    assert needed - {"to"} <= set(other.terms)


@pytest.mark.parametrize("tag", TAGS)
def test_the_fields_of_a_dose_and_nothing_else_have_labels(tag: str) -> None:
    assert {*FIELDS, TIME} == set(load_language(tag).labels)


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_holds_no_table_that_nothing_reads(tag: str) -> None:
    fields = {"language", *Language.__dataclass_fields__} - {"tag"}
    file = resources.files("voicecoach.articles") / "languages" / f"{tag}.toml"
    assert set(tomllib.loads(file.read_text(encoding="utf-8"))) <= fields


def test_a_language_without_tables_is_refused() -> None:
    with pytest.raises(KeyError):
        load_language("xx")


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Côté", "cote"), ("PŘÍTAHY", "pritahy"), ("Füße", "fusse"), ("re\u00adpeat", "repeat"), ("Hold", "hold")],
)
def test_words_are_compared_without_case_accents_and_soft_hyphens(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_a_language_is_read_from_text_alone() -> None:
    toml = "\n".join(f"[{table}]" for table in ("numbers", "units", "terms", "labels"))
    toml = 'language = "xx"\nstop_words = ["Él"]\n' + toml
    language = parse_language(toml)
    assert (language.tag, language.stop_words) == ("xx", frozenset({"el"}))
