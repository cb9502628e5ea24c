"""Several values under one head, each under its own part of it."""

import pytest

from voicecoach.articles.dose.columns import columns
from voicecoach.articles.language import load_language

ENGLISH = load_language("en")


@pytest.mark.parametrize(
    ("text", "label"),
    [("Sets/Reps/Hold: 3/10/5s", ""), ("Sets / Reps / Hold: 3 / 10 / 5 s", ""), ("3/10/5s", "Sets/Reps/Hold")],
)
def test_each_value_comes_with_its_own_label_and_place(text: str, label: str) -> None:
    read = list(columns(text, ENGLISH, label))
    assert [name.strip() for _, _, name in read] == ["Sets", "Reps", "Hold"]
    assert all(text[at:].startswith(words) for at, words, _ in read)
    assert [words.strip().rstrip("s ") for _, words, _ in read] == ["3", "10", "5"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("3/10", "Sets/Reps/Hold"),
        ("Sets: 3", ""),
        ("Hold 90/90 for 10 seconds", "Hold"),
        ("Neck/shoulders: 5/10", ""),
        ("", ""),
    ],
)
def test_without_as_many_known_labels_as_values_nothing_is_taken_apart(text: str, label: str) -> None:
    assert list(columns(text, ENGLISH, label)) == []
