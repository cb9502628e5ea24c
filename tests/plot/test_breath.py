"""The breath lane: what each prompt starts, and how long it goes on."""

import pytest

from tests.fakes import letters, placed, session_of
from voicecoach.events import Timeline
from voicecoach.model import Breath, Breathing, Count, Dose, Exercise, Pacing, Phase
from voicecoach.plot.marks import breaths
from voicecoach.plot.page import Part
from voicecoach.units import Range

BOX = Breathing(4000, 4000, full_ms=4000, empty_ms=4000)
NEAR_MS = 1


def _breaths(timeline: Timeline, pacing: Pacing) -> list[tuple[Part, int, int]]:
    return [(each.part, each.start_ms, each.end_ms) for each in breaths(timeline, pacing)]


def _held(seconds: int, pacing: Pacing | None = None) -> Timeline:
    dose = Dose(hold=Range(seconds * 1000, seconds * 1000))
    return placed(session_of(Exercise(name="Hold", steps=("Stay.",), dose=dose), pacing=pacing))


def _from_hold(timeline: Timeline, pacing: Pacing | None = None) -> list[tuple[Part, float, float]]:
    start_ms = timeline.holds[0].start_ms
    found = _breaths(timeline, pacing or Pacing())
    return [(part, (start - start_ms) / 1000, (end - start_ms) / 1000) for part, start, end in found]


@pytest.mark.parametrize(
    ("seconds", "breath"),
    [
        (9, []),
        (12, [(Part.IN, 0, 4.8), (Part.OUT, 4.8, 12)]),
        (19, [(Part.IN, 0, 4.8), (Part.OUT, 4.8, 12)]),
        (20, [(Part.IN, 0, 4), (Part.OUT, 4, 10), (Part.IN, 10, 14), (Part.OUT, 14, 20)]),
    ],
)
def test_a_hold_breathes_as_prompted_and_what_is_left_of_it_is_free(
    seconds: int, breath: list[tuple[Part, float, float]]
) -> None:
    found = _from_hold(_held(seconds))
    assert [part for part, _, _ in found] == [part for part, _, _ in breath]
    for (_, *drawn), (_, *meant) in zip(found, breath, strict=True):
        assert drawn == pytest.approx(meant, abs=0.45)  # a prompt may be that late


def test_a_landmark_that_says_breathe_in_is_an_in_breath() -> None:
    timeline = _held(20)
    (landmark,) = (each for each in timeline.events if each.cue == "half-way")
    assert "in" in landmark.text
    assert (Part.IN, landmark.start_ms) in [(part, start) for part, start, _ in _breaths(timeline, Pacing())]


def test_only_the_landmark_that_says_it_starts_a_breath() -> None:
    """In thirty seconds "half-way" stands alone, and "ten seconds left" says to breathe in."""
    found = _from_hold(_held(30))
    assert [part for part, _, _ in found] == [Part.IN, Part.OUT] * 3
    assert [start for _, start, _ in found] == pytest.approx([0, 4, 10, 14, 20, 24], abs=0.45)


def test_a_landmark_that_lost_its_breath_starts_none() -> None:
    pacing = Pacing(count=Count.EVERY)
    dose = Dose(hold=Range(60_000, 60_000))
    timeline = placed(session_of(Exercise(name="Hold", steps=("Stay.",), dose=dose), pacing=pacing), letters(130))
    (half,) = (each for each in timeline.events if each.cue == "half-way")
    assert half.text == "Half"
    assert half.start_ms not in [start for _, start, _ in _breaths(timeline, pacing)]


def test_a_breath_of_a_movement_lasts_as_long_as_its_phase() -> None:
    phases = (Phase(cue="Lift", seconds=5, breath=Breath.IN), Phase(cue="Lower", seconds=4, breath=Breath.OUT))
    cat = Exercise(name="Lift", steps=("Lift.",), phases=phases, dose=Dose(reps=Range(3, 3)))
    timeline = placed(session_of(cat))
    found = _breaths(timeline, Pacing())
    wanted = [
        each
        for rep in timeline.reps
        for each in ((Part.IN, rep.start_ms, rep.start_ms + 5000), (Part.OUT, rep.start_ms + 5000, rep.end_ms))
    ]
    assert found == wanted


def test_a_movement_without_a_breath_has_none() -> None:
    timeline = placed(session_of(Exercise(name="Walk", steps=("Walk.",), dose=Dose(reps=Range(3, 3)))))
    assert not _breaths(timeline, Pacing())


def test_a_box_breath_rests_full_then_empty() -> None:
    pacing = Pacing(breath=BOX)
    timeline = placed(session_of("supine-breathing", pacing=pacing))
    found = _breaths(timeline, pacing)
    assert [part for part, _, _ in found[:4]] == [Part.IN, Part.FULL, Part.OUT, Part.EMPTY]
    lengths = {end - start for _, start, end in found}
    assert max(lengths) - min(lengths) <= NEAR_MS


def test_a_breath_that_is_held_goes_out_where_its_hold_ends() -> None:
    breath = Exercise(name="Breath", steps=("Breathe.",), dose=Dose(breaths=Range(2, 2), hold=Range(5000, 5000)))
    pacing = Pacing(breath=BOX)
    found = _breaths(placed(session_of(breath, pacing=pacing)), pacing)
    assert [part for part, _, _ in found] == [Part.IN, Part.OUT, Part.EMPTY] * 2
