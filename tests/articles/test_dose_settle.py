"""Which of an exercise's statements holds, and where the words stand that say so."""

import pytest

from voicecoach.articles.dose import Stated, read_doses, settle
from voicecoach.articles.language import load_language
from voicecoach.model import Sides
from voicecoach.units import Range

ENGLISH = load_language("en")


def reps(count: int, doubt: float = 0.0, **facts: object) -> Stated:
    return Stated("reps", Range(count, count), 0, 1, doubt, **facts)  # type: ignore[arg-type]


def test_nothing_stated_settles_nothing() -> None:
    assert settle([]) == {}


def test_a_value_wins_over_a_blank() -> None:
    blank = Stated("reps", None, 0, 1, 0.0)
    assert settle([blank, reps(8)])["reps"] == reps(8)


def test_a_blank_alone_stays_a_blank() -> None:
    blank = Stated("reps", None, 0, 1, 0.0)
    assert settle([blank])["reps"].value is None


def test_a_label_wins_over_prose() -> None:
    assert settle([reps(3, 0.0), reps(8, 0.1, label=True)])["reps"].value == Range(8, 8)


def test_the_surer_statement_wins() -> None:
    assert settle([reps(3, 0.3), reps(8, 0.0)])["reps"].value == Range(8, 8)


def test_a_count_of_one_side_wins_over_a_total() -> None:
    assert settle([reps(8, total=True), reps(4, 0.2)])["reps"].value == Range(4, 4)


def test_a_total_alone_is_taken() -> None:
    assert settle([reps(8, 0.3, total=True)])["reps"].value == Range(8, 8)


def test_a_total_of_both_sides_is_halved_and_doubted() -> None:
    both = [reps(8, 0.3, note="in total", total=True), Stated("sides", Sides.EACH, 0, 1, 0.05)]
    settled = settle(both)["reps"]
    assert settled.value == Range(4, 4)
    assert settled.doubt >= 0.4


def test_an_odd_total_of_both_sides_stays_as_it_is_stated() -> None:
    both = [reps(9, 0.3, note="in total", total=True), Stated("sides", Sides.EACH, 0, 1, 0.05)]
    assert settle(both)["reps"].value == Range(9, 9)


def test_of_two_that_are_as_sure_the_first_holds_and_is_doubted() -> None:
    settled = settle([reps(3), reps(8)])["reps"]
    assert settled.value == Range(3, 3)
    assert settled.doubt >= 0.4
    assert settled.note


def test_the_same_twice_is_not_doubted() -> None:
    assert settle([reps(3), reps(3)])["reps"].doubt == 0.0


def test_a_total_for_each_side_gives_the_sets() -> None:
    settled = settle([reps(5), reps(15, 0.3, note="in total, each side", total=True)])
    assert settled["sets"].value == Range(3, 3)
    assert settled["reps"].value == Range(5, 5)


def test_repetitions_so_many_times_give_the_sets() -> None:
    settled = settle([reps(12), reps(3, 0.02, note="times")])
    assert (settled["sets"].value, settled["reps"].value) == (Range(3, 3), Range(12, 12))


def test_stated_sets_are_not_worked_out_again() -> None:
    sets = Stated("sets", Range(2, 2), 0, 1, 0.0)
    assert settle([reps(12), sets, reps(3, 0.02, note="times")])["sets"] == sets


SPANS = [
    ("Then hold it for 15 to 20 seconds.", "hold", "15 to 20 seconds"),
    ("Stay for half a minute", "hold", "half a minute"),
    ("Do 3 sets of 12 slow reps", "reps", "12"),
    ("Do 3 sets of 12 slow reps", "sets", "3"),
    ("Repeat with the opposite leg.", "sides", "Repeat with the opposite leg"),
    ("Do this twice a day.", "frequency", "twice a day"),
]


@pytest.mark.parametrize(("text", "field", "words"), SPANS)
def test_a_statement_knows_its_words(text: str, field: str, words: str) -> None:
    stated = settle(read_doses(text, ENGLISH))[field]
    assert text[stated.start : stated.end] == words


DOUBTS = [
    ("Hold for 20 seconds", "(20 seconds)"),
    ("Hold for 20 seconds", "Pause for 20 seconds"),
    ("Repeat 8 times", "You may hear a click 8 times"),
    ("Do 8 repetitions", "Do 8 movements"),
    ("Do 3 sets", "Do 3 rounds"),
    ("Do 8 repetitions", "Repeat 8 more times"),
    ("Rest for 20 seconds", "Relax for 20 seconds"),
    ("Do 8 repetitions", "I do 8 repetitions"),
    ("Do 8 repetitions", "Do 500 repetitions"),
    ("Hold for 20 seconds", "Hold for 20 minutes"),
    ("8 on each side", "Do 8 at first, with the other things you know, on each side"),
]


@pytest.mark.parametrize(("plain", "doubtful"), DOUBTS)
def test_what_may_mean_something_else_is_doubted_more(plain: str, doubtful: str) -> None:
    surer, less_sure = (max(each.doubt for each in read_doses(text, ENGLISH)) for text in (plain, doubtful))
    assert surer < less_sure
    assert all(each.note for each in read_doses(doubtful, ENGLISH) if each.doubt >= 0.25)
