"""Talks written down with their times: the times are no words, and a new exercise begins in a line."""

import pytest

from tests.articles.pages_read import read
from voicecoach.articles import read_article
from voicecoach.units import Range

TALK = (
    "hi and welcome back to my kitchen",
    "okay so first exercise lie on your back and bend your knees",
    "lift your hips up high and hold for six seconds",
    "and we do nine reps of that",
    "now we move on to the wall stand facing it with both hands on it",
    "lean in and bend your elbows for twelve reps",
    "thanks for watching",
)


SUBTITLES = "7\n00:0{0}:15,000 --> 00:0{0}:19,500\n{1}\n"


@pytest.mark.parametrize("form", ["[0{}:15] {}", "(0{}:15) {}", "0:0{}:15 {}", "{}:15\n{}", "- {}:15 - {}", SUBTITLES])
def test_a_talk_with_times_is_cut_where_it_turns_to_another_exercise(form: str) -> None:
    page = "\n".join(form.format(minute, line) for minute, line in enumerate(TALK))
    first, second = (each.exercise for each in read(page).readings)
    assert (first.dose.reps, first.dose.hold) == (Range(9, 9), Range(6000, 6000))
    assert (second.dose.reps, second.dose.hold) == (Range(12, 12), None)
    for exercise in (first, second):
        told = " ".join((exercise.name, exercise.position, *exercise.steps))
        assert ":15" not in told
        assert "•" not in told
        assert exercise.dose.duration is None


def test_a_line_of_a_talk_is_cited_with_its_own_line() -> None:
    page = "\n".join(f"[00:1{n}] {line}" for n, line in enumerate(TALK))
    first, second = read(page).readings
    assert [first.evidence[field].line for field in ("hold", "reps")] == [3, 4]
    assert second.evidence["reps"].line == 6


def test_paragraphs_of_a_web_page_may_be_the_lines_of_a_talk() -> None:
    page = "".join(f"<p>[00:1{n}] {line}</p>" for n, line in enumerate(TALK))
    assert len(read_article(page, "talk.html", language="en").readings) == 2


def test_a_time_under_a_title_is_no_time_of_a_talk() -> None:
    page = "Exercises\n\nBridge\n0:45 hold\nLift your hips.\n\nPlank\n0:30 hold\nPress up on your forearms.\n"
    assert [each.exercise.dose.hold for each in read(page).readings] == [Range(45000, 45000), Range(30000, 30000)]


GERMAN = """[0:05] erste Übung leg dich auf den Rücken
[0:09] heb das Becken und halte fünf Sekunden
[0:30] weiter mit dem Nacken setz dich auf einen Stuhl
[0:34] dreh den Kopf achtmal
"""
SPANISH = """[0:05] primer ejercicio túmbese boca arriba con las rodillas dobladas
[0:09] levante la cadera y mantenga cinco segundos
[0:30] pasamos a la pared de pie con las manos en la pared
[0:34] doble los codos ocho veces
"""
FRENCH = """[0:05] premier exercice allongez-vous sur le dos les genoux pliés
[0:09] levez le bassin et tenez cinq secondes
[0:30] exercice suivant debout face au mur les mains sur le mur
[0:34] pliez les coudes huit fois
"""
CZECH = """[0:05] první cvik lehněte si na záda a pokrčte kolena
[0:09] zvedněte pánev a vydržte pět sekund
[0:30] další cvik postavte se čelem ke zdi a opřete ruce
[0:34] pokrčte lokty osmkrát
"""


@pytest.mark.parametrize(("page", "tag"), [(GERMAN, "de"), (SPANISH, "es"), (FRENCH, "fr"), (CZECH, "cs")])
def test_talks_in_every_language_turn_to_another_exercise(page: str, tag: str) -> None:
    first, second = (each.exercise.dose for each in read_article(page, "talk.txt", language=tag).readings)
    assert (first.hold, second.reps) == (Range(5000, 5000), Range(8, 8))
    assert (first.reps, second.hold) == (None, None)
