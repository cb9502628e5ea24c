"""What holds for any text: no crash, spans inside, valid values, time that grows with the length alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.articles.dose import FIELDS, Stated, read_doses, settle
from voicecoach.articles.dose.tokens import tokens
from voicecoach.articles.language import TAGS, load_language
from voicecoach.model import Sides
from voicecoach.units import Range

PIECES = """
hold repeat rest for 3 10-12 x \u00d7 sets reps of each side seconds min half a one and twenty to or up
until ___ ( ) , ; : . / 1/2 0:30 not build when easy times daily per day the other leg switch more total count
breaths inhale exhale once twice 999999999 0 1.5 \u00bd - \u2013 bis až à každou Sekunden veces fois
"""
near_doses = st.lists(st.sampled_from(PIECES.split()), max_size=40).map(" ".join)
LABELS = ["", "Sets", "Hold", "Reps", "Rest", "Frequency", "Tempo"]
texts = st.text(max_size=200) | near_doses


@given(texts, st.sampled_from(TAGS), st.sampled_from(["", "Sets", "Hold", "Reps", "Rest", "Frequency", "Tempo"]))
def test_any_text_is_read_into_valid_statements(text: str, tag: str, label: str) -> None:
    read = read_doses(text, load_language(tag), label=label)
    assert all(_is_valid(each, text) for each in read)
    assert all(field == each.field and each.doubt <= 1 for field, each in settle(read).items())


@given(texts)
def test_tokens_stand_in_order_inside_their_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(near_doses, st.sampled_from(TAGS))
def test_reading_the_same_text_twice_states_the_same(text: str, tag: str) -> None:
    assert read_doses(text, load_language(tag)) == read_doses(text, load_language(tag))


def _is_valid(stated: Stated, text: str) -> bool:
    value = stated.value
    kinds = {"sides": Sides, "frequency": str, "tempo": str}
    fitting = value is None or isinstance(value, kinds.get(stated.field, Range))
    ordered = not isinstance(value, Range) or 0 < value.lo <= value.hi
    inside = 0 <= stated.start < stated.end <= len(text)
    return stated.field in FIELDS and fitting and ordered and inside and 0 <= stated.doubt <= 1


ENDLESS = """
1 |3x|1:|5 to |twenty |five and |hold |hold 10 seconds |do not hold |each side |repeat on the |switch the |
hold: |1/2/|count of five slow |a|'|,|_ |.|-|3 sets of 10 reps on each side, |later |build up to |(|
10 to 20 seconds or |­|é
""".replace("\n", "").split("|")


@pytest.mark.parametrize("piece", ENDLESS)
def test_time_grows_with_the_length_of_a_line_alone(piece: str) -> None:
    """Eight times the length takes eight times as long, with twice that again for a busy machine, not 64."""
    english = load_language("en")
    short, long = (piece * (length // len(piece)) for length in (5000, 40_000))
    read_doses(short, english)
    most_s = 24 * max(_seconds(short), 0.02)
    assert _seconds(long) < most_s or _seconds(long) < most_s


def test_a_line_of_a_quarter_of_a_megabyte_is_read_in_bounded_time() -> None:
    line = "Hold 10 seconds, then repeat 5 times on each side; rest. " * 4400
    assert _seconds(line) < 15


def _seconds(text: str) -> float:
    start = time.process_time()
    read_doses(text, load_language("en"))
    return time.process_time() - start
