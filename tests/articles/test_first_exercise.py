"""The exercise that a page begins with, and the pages and sections that hold none."""

import pytest

from tests.articles.pages_read import read
from voicecoach.articles import read_article
from voicecoach.articles.report import report

SQUAT = "Stand with your feet apart and bend your knees. Do 12 reps."
CLAM = "Lie on your side and open your top knee. Do 9 reps."
CURL = "Sit tall and curl your toes. Hold 4 seconds."


@pytest.mark.parametrize(
    "page",
    [
        f"Squat\n{SQUAT}\n\nClam\n{CLAM}\n\nToe curl\n{CURL}\n",
        f"Squat\n\n{SQUAT}\n\nClam\n\n{CLAM}\n\nToe curl\n\n{CURL}\n",
        f"SQUAT\n{SQUAT}\n\nCLAM\n{CLAM}\n\nTOE CURL\n{CURL}\n",
        f"Squat:\n{SQUAT}\n\nClam:\n{CLAM}\n\nToe curl:\n{CURL}\n",
        f"# Squat\n{SQUAT}\n\n## Clam\n{CLAM}\n\n## Toe curl\n{CURL}\n",
        f"# Squat\n{SQUAT}\n\n# Clam\n{CLAM}\n\n# Toe curl\n{CURL}\n",
        f"**Squat**\n\n{SQUAT}\n\n**Clam**\n\n{CLAM}\n\n**Toe curl**\n\n{CURL}\n",
    ],
)
def test_the_first_exercise_of_a_page_is_found_where_nothing_stands_above_it(page: str) -> None:
    assert [each.exercise.name.lower() for each in read(page).readings] == ["squat", "clam", "toe curl"]


@pytest.mark.parametrize(
    ("tag", "page"),
    [
        (
            "de",
            (
                "Brücke\nLegen Sie sich auf den Rücken und heben Sie das Becken. 9 Wiederholungen.\n\n"
                "Katze\nGehen Sie auf alle viere und machen Sie den Rücken rund. 5 Wiederholungen.\n"
            ),
        ),
        (
            "cs",
            (
                "Most\nLehněte si na záda a zvedněte pánev. 9 opakování.\n\n"
                "Kočka\nKlekněte si na čtyři a vyhrbte záda. 5 opakování.\n"
            ),
        ),
        (
            "es",
            (
                "Puente\nTúmbese boca arriba y levante la cadera. 9 repeticiones.\n\n"
                "Gato\nPóngase a cuatro patas y arquee la espalda. 5 repeticiones.\n"
            ),
        ),
        (
            "fr",
            (
                "Pont\nAllongez-vous sur le dos et levez le bassin. 9 répétitions.\n\n"
                "Chat\nMettez-vous à quatre pattes et arrondissez le dos. 5 répétitions.\n"
            ),
        ),
    ],
)
def test_so_it_is_in_every_language(tag: str, page: str) -> None:
    doses = [each.exercise.dose.reps for each in read_article(page, "page.txt", language=tag).readings]
    assert [span.lo for span in doses if span] == [9, 5]


@pytest.mark.parametrize(
    "opening",
    [
        "Exercises for the knee\nSit down and read this first. It takes 5 minutes.",
        "Knee care at work\nEvery hour, take 2 minutes for your knees.",
        "A stretch routine\nLie down for 2 minutes before you begin.",
    ],
)
def test_what_a_page_says_above_its_exercises_is_none_of_them(opening: str) -> None:
    names = [each.exercise.name for each in read(f"{opening}\n\nSquat\n{SQUAT}\n\nClam\n{CLAM}\n").readings]
    assert names == ["Squat", "Clam"]


NONE = [
    ("de", "Wie man eine Kiste hebt\n\n1. Beugen Sie die Knie.\n2. Strecken Sie die Beine.\n"),
    ("en", "# Sit less\n\n## How to get up off the floor\n\n1. Kneel on all fours.\n2. Put one foot forward.\n"),
    ("en", "How to sleep on your side\n\n1. Lie on your side and bend your knees.\n2. Put a pillow there.\n"),
    ("en", "# Sleeping after the operation\n\n## On your back\nLie on your back. Keep your knee straight.\n"),
    ("en", "How to lift a crate\n\n1. Bend your knees.\n2. Straighten your legs, back straight.\n"),
    ("en", "Crutches on the stairs\n\n1. Stand at the step.\n2. Step up with your good leg.\n"),
    ("en", "Ice packs\n\n1. Sit and raise your foot.\n2. Hold the ice pack on your ankle for 10 minutes.\n"),
    ("en", "Choosing a desk\n\nSit with your back straight. Bend your elbows and hold for 5 seconds.\n"),
    ("en", "Test: straight leg\nLie on your back. Ask a friend to raise your leg. Lower it again.\n"),
    ("en", "Bread\n1. Knead the dough with your hands.\n2. Put it in the oven. Turn it 2 times.\n"),
    ("de", "Richtig heben\n\n1. Beugen Sie die Knie.\n2. Strecken Sie die Beine.\n"),
    ("de", "Schlafpositionen\n\nAuf dem Rücken\nLegen Sie sich auf den Rücken, ein Kissen unter den Knien.\n"),
    ("cs", "Jak spát s bolavými zády\n\nNa zádech\nLehněte si na záda. Kolena podložte polštářem.\n"),
    ("es", "Cómo levantar una caja\n\n1. Doble las rodillas.\n2. Levante la caja con la espalda recta.\n"),
    ("fr", "Comment soulever une caisse\n\n1. Pliez les genoux.\n2. Levez la caisse, le dos droit.\n"),
]


@pytest.mark.parametrize(("tag", "page"), NONE)
def test_sleep_lifting_aids_heat_and_food_are_no_exercises_and_are_told_of(tag: str, page: str) -> None:
    article = read_article(page, "page.md", language=tag)
    assert article.readings == ()
    assert any("Left out" in line for line in report(article))


def test_a_movement_with_its_repetitions_is_one_below_any_title() -> None:
    on_side = "## On your side\nLie on your side and lift your top leg. Repeat 8 times.\n"
    page = "# How to sleep with a stiff hip\n\n" + on_side
    assert len(read(page).readings) == 1
    assert (
        len(read("# Sleeping well\n\n## Exercises\n\n### Knee hug\nLie on your back. Hug your knee.\n").readings) == 1
    )


@pytest.mark.parametrize("words", ["leave this one out for now", "I'd skip this one until your knee is calm"])
def test_an_exercise_that_is_to_be_left_out_is_left_out(words: str) -> None:
    article = read(f"1) Squat - {words}.\n\n2) Clam - lie on your side and open your knee. 9 reps.\n")
    assert [each.exercise.name for each in article.readings] == ["Clam"]
    assert [each.what for each in article.left_out] == ["Squat"]
