"""What an exercise is called aloud: its name, without what its title promises."""

# ruff: noqa: RUF001 - titles have dashes of every kind

import pytest

from voicecoach.articles import read_article
from voicecoach.articles.lexicon import load_lexicon
from voicecoach.articles.name import spoken_name

SHORTER = {
    ("en", "Knee Rolls to Loosen the Hips"): "Knee Rolls",
    ("en", "Child’s Pose to Release Tension"): "Child’s Pose",
    ("en", "Ease Your Neck — Chin Tucks"): "Chin Tucks",
    ("en", "Stretch to Relax the Neck - Chin Tuck Hold"): "Chin Tuck Hold",
    ("en", "Side Plank: Improve Balance"): "Side Plank",
    ("en", "Pelvic tilts (for a stronger core and less pain)"): "Pelvic tilts",
    ("en", "Supine twist for lower back pain relief"): "Supine twist",
    ("de", "Seitliche Brücke zur Kräftigung des Rückens"): "Seitliche Brücke",
    ("es", "Rodillas al pecho para aliviar la espalda"): "Rodillas al pecho",
    ("fr", "Posture du chat pour assouplir le dos"): "Posture du chat",
}


@pytest.mark.parametrize(("titled", "name"), SHORTER.items())
def test_a_name_is_spoken_without_its_purpose(titled: tuple[str, str], name: str) -> None:
    language, title = titled
    assert spoken_name(title, load_lexicon(language)) == name


@pytest.mark.parametrize(
    "title",
    [
        "Sit to Stand",
        "Single knee to chest release",
        "Side to side rolls",
        "Reach for the Sky",
        "Stretch to relax the spine",
        "Stretch for the lower back",
        "Child's Pose (Balasana)",
        "Hip opener – the pigeon",
        "Improve your posture",
        "90/90 hip stretch",
        "Cat stretch - back",
        "",
    ],
)
def test_a_title_without_a_name_and_a_purpose_stays_whole(title: str) -> None:
    assert spoken_name(title, load_lexicon("en")) == title


def test_the_evidence_of_a_shorter_name_is_the_whole_title() -> None:
    page = "# Knee Rolls to Loosen the Hips\n\nLie on your back. Roll your knees to the left. Do 8 rolls.\n"
    reading = read_article(page, "rolls.md").readings[0]
    assert reading.exercise.name == "Knee Rolls"
    assert reading.evidence["name"].text == "Knee Rolls to Loosen the Hips"


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("morning-back_care.txt", "Morning back care"),
        ("/home/me/leaflet.txt", "Leaflet"),
        ("C:\\pages\\hips.txt", "Hips"),
        ("https://example.org/back%20care/", "Back care"),
        ("standard input", "Exercises"),
    ],
)
def test_a_page_without_a_title_is_called_by_its_file_in_words(source: str, title: str) -> None:
    page = "Lie on your back with your knees bent. Lift your hips and hold for 5 seconds. Repeat 8 times.\n"
    assert read_article(page, source).title == title
