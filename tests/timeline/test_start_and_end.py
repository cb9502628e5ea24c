"""The words that start and end a hold: kept where they fit, shortened where they do not, never silently."""

import pytest

from tests.fakes import letters, placed, session_of
from voicecoach.events import Timeline
from voicecoach.model import Breath, Dose, Exercise, Pacing, Phase
from voicecoach.timeline import SHORTENED
from voicecoach.units import Range

STAY = "Stay up there, squeeze gently, keep your hips level, and let your breath flow on"
THREE_S = Range(3000, 3000)


def bridge(*, hold: str = "Hold", lower: str = "Lower", seconds: float = 4, breath: Breath = Breath.FREE) -> Exercise:
    phases = (
        Phase(cue="Lift", seconds=3),
        Phase(cue=hold, hold=True),
        Phase(cue=lower, seconds=seconds, breath=breath),
    )
    return Exercise(name="Bridge", steps=("Lift.",), phases=phases, dose=Dose(reps=Range(2, 2), hold=THREE_S))


def heard(timeline: Timeline, cue: str) -> list[str]:
    return [event.text for event in timeline.events if event.cue == cue]


def lost(timeline: Timeline, cue: str) -> list[str]:
    return [each.why for each in timeline.dropped if each.cue == cue]


def test_words_that_would_hold_the_body_for_long_before_its_hold_begins_yield_to_short_ones() -> None:
    timeline = placed(session_of(bridge(hold=STAY)))
    assert heard(timeline, "hold-start") == ["Hold", "Hold"]
    assert lost(timeline, "hold-start") == [f'{SHORTENED} "{STAY}." to "Hold"'] * 2


def test_words_of_under_three_seconds_start_a_hold_as_they_are() -> None:
    timeline = placed(session_of(bridge(hold="Stay up there, and squeeze gently")))
    assert heard(timeline, "hold-start") == ["Stay up there, and squeeze gently."] * 2
    assert not lost(timeline, "hold-start")


def test_a_body_that_waits_longer_for_its_hold_all_the_same_is_told_of() -> None:
    timeline = placed(session_of(bridge()), letters(least_ms=4000))
    grown = [each for each in timeline.stretched if each.cue == "hold-start"]
    assert len(grown) == len(timeline.holds) == 2
    for each, start in zip(grown, (e for e in timeline.events if e.cue == "hold-start"), strict=True):
        assert each.by_ms == start.end_ms - each.at_ms - 3000


@pytest.mark.parametrize(
    ("lower", "seconds", "breath", "yields"),
    [
        pytest.param("Lower", 5, ["Breathe in", "And in"], 0, id="room for both"),
        pytest.param("Lower", 1.2, ["In", "And in"], 0, id="the breath is shortened first"),
        pytest.param("Let your hips down slowly", 3.2, [], 2, id="then it yields"),
    ],
)
def test_an_end_keeps_its_words_and_the_breath_beside_it_gives_way(
    lower: str, seconds: float, breath: list[str], yields: int
) -> None:
    timeline = placed(session_of(bridge(lower=lower, seconds=seconds, breath=Breath.IN)))
    assert heard(timeline, "hold-end") == [f"{lower}."] * 2
    assert heard(timeline, "breath-in") == breath
    assert lost(timeline, "breath-in") == ["yields to hold-end"] * yields


@pytest.mark.parametrize(
    ("seconds", "heard_as", "told_as"),
    [(2, "And release", '"And release"'), (0.7, "Release", '"Release"'), (0.5, "end", "a tone")],
)
def test_an_end_that_does_not_fit_by_itself_is_told_of(seconds: float, heard_as: str, told_as: str) -> None:
    words = "Lower it slowly without arching your lower back"
    timeline = placed(session_of(bridge(lower=words, seconds=seconds)))
    assert heard(timeline, "hold-end") == [heard_as] * 2
    assert lost(timeline, "hold-end") == [f'{SHORTENED} "{words}." to {told_as}'] * 2


def test_an_end_of_no_words_of_its_own_is_told_of_as_a_tone() -> None:
    timeline = placed(session_of(bridge(lower="", seconds=0.5), pacing=Pacing(breath=None)))
    assert heard(timeline, "hold-end") == ["end", "end"]
    assert lost(timeline, "hold-end") == [f'{SHORTENED} "And release" to a tone'] * 2
