"""Warnings and mistakes: in lists with bold words, in columns, in sections beside an exercise."""

import pytest

from tests.articles.pages_read import only, read

STEPS = "1. Kneel on all fours.\n2. Reach one arm forward. Do 8 reps on each side.\n"
POINTS = "- **Sinking hips.** Draw your belly in.\n- **Holding the breath.**\n- Looking up.\n"
MISTAKES = ("Sinking hips. Draw your belly in.", "Holding the breath.", "Looking up.")


@pytest.mark.parametrize(
    "page",
    [
        f"# Pointer\n\n{STEPS}\n## Common mistakes\n\n{POINTS}",
        f"## Pointer\n\n{STEPS}\n### Common mistakes\n\n{POINTS}",
        f"## Pointer\n\n{STEPS}\n## Common mistakes\n\n{POINTS}",
        f"# Back care\n\n## Pointer\n\n{STEPS}\n## Common mistakes\n\n{POINTS}",
        f"## Pointer\n\n{STEPS}\n**Common mistakes:**\n\n{POINTS}",
    ],
)
def test_points_with_bold_words_are_one_mistake_each(page: str) -> None:
    assert only(page).mistakes == MISTAKES


def test_what_stands_under_a_titled_mistake_is_kept_as_a_tip() -> None:
    mended = only(f"# Pointer\n\n{STEPS}\n## Common mistakes\n\n### Sinking hips\nDraw your belly in.\n")
    assert mended.mistakes == ("Sinking hips",)
    assert mended.tips == ("Draw your belly in.",)


def test_mistakes_beside_several_exercises_are_told_of() -> None:
    other = "## Curl\nLie on your back and lift your head. 5 reps.\n"
    article = read(f"# Back care\n\n## Pointer\n\n{STEPS}\n{other}\n## Common mistakes\n\n{POINTS}")
    assert len(article.readings) == 2
    assert not any(each.exercise.mistakes for each in article.readings)
    assert "Common mistakes" in [each.what for each in article.left_out]


def test_a_row_whose_name_is_a_sentence_is_told_of() -> None:
    page = "# Neck\n\n| Move | Reps |\n|---|---|\n| Sit tall and nod your head slowly. | 9 |\n| Shrug | 8 |\n"
    assert any("nod" in each.what or "Neck" in each.what for each in read(page).left_out)


@pytest.mark.parametrize("head", ["Comments", "Notes", "Tips", "Remarks"])
def test_a_warning_in_a_column_is_a_caution_and_other_remarks_are_tips(head: str) -> None:
    page = (
        f"| Exercise | How | Reps | {head} |\n|---|---|---|---|\n"
        "| Toe lift | Lift your toes. | 12 | Stop if your shin burns |\n"
        "| Heel lift | Rise on your toes. | 9 | Wear shoes |\n"
    )
    first, second = (each.exercise for each in read(page).readings)
    assert (first.cautions, first.tips) == (("Stop if your shin burns",), ())
    assert (second.cautions, second.tips) == ((), ("Wear shoes",))


def test_a_line_right_below_a_label_is_no_title() -> None:
    first = "Bridge\nLie down and lift your hips. 6 reps.\n\nCommon mistakes\nArching the back\n\n"
    bridge, cat = (each.exercise for each in read(f"{first}Cat\nKneel and round your back. 4 reps.\n").readings)
    assert (bridge.mistakes, cat.name) == (("Arching the back",), "Cat")
