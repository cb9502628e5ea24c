"""Inside a hold: the count, the landmarks, and whole breaths that keep off its end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import letters, one_voiced
from voicecoach.events import Kind, Slot, Where
from voicecoach.model import Breath, Breathing, Count, Pacing
from voicecoach.script.repetition import breath_prompts, hold_slot, landmarks
from voicecoach.script.wording import Wording
from voicecoach.timeline import SHORTENED, place_slot

WORDING = Wording(one_voiced(), 130, "Test")


def slot(hold_ms: int, count: Count = Count.AUTO, breath: Breathing | None = None) -> Slot:
    return hold_slot(WORDING, Pacing(count=count, breath=breath), hold_ms, Where())


def counted(hold_ms: int, count: Count) -> list[tuple[int, str]]:
    """Return the seconds left and what stands for them: their word or a tone."""
    events = [event for event in slot(hold_ms, count).events if event.cue == "count"]
    return [(-(event.at_ms or 0) // 1000, "tone" if event.kind is Kind.TONE else "word") for event in events]


def words(*seconds: int) -> list[tuple[int, str]]:
    return [(second, "word") for second in seconds]


@pytest.mark.parametrize(
    ("hold_ms", "count", "heard"),
    [
        (2999, Count.AUTO, []),
        (3000, Count.AUTO, words(2, 1)),
        (4500, Count.AUTO, words(4, 3, 2, 1)),
        (10_000, Count.AUTO, words(*range(9, 0, -1))),
        (10_001, Count.AUTO, words(5, 4, 3, 2, 1)),
        (60_000, Count.AUTO, words(5, 4, 3, 2, 1)),
        (5000, Count.LAST, words(3, 2, 1)),
        (3000, Count.LAST, words(2, 1)),
        (60_000, Count.LAST, words(3, 2, 1)),
        (4000, Count.TONES, [(3, "tone"), (2, "tone"), (1, "tone")]),
        (12_000, Count.TONES, [(n, "tone") for n in (5, 4, 3, 2, 1)]),
        (60_000, Count.OFF, []),
        (12_000, Count.EVERY, words(*range(11, 0, -1))),
        (24_000, Count.EVERY, [(23, "tone"), (22, "tone"), (21, "tone"), *words(*range(20, 12, -1)),
                               *words(*range(11, 0, -1))]),
    ],
)  # fmt: skip
def test_what_is_counted_by_length_and_mode(hold_ms: int, count: Count, heard: list[tuple[int, str]]) -> None:
    assert counted(hold_ms, count) == heard


@pytest.mark.parametrize(
    ("hold_ms", "marks"),
    [
        (19_999, {}),
        (20_000, {10_000: "half-way"}),
        (29_999, {14_999: "half-way"}),
        (30_000, {15_000: "half-way", 20_000: "ten-left"}),
        (90_000, {45_000: "half-way", 80_000: "ten-left", 60_000: "thirty-left"}),
    ],
)
def test_landmarks_by_length(hold_ms: int, marks: dict[int, str]) -> None:
    assert landmarks(hold_ms) == marks


@pytest.mark.parametrize(
    ("hold_ms", "prompts"),
    [
        (9999, []),
        (10_000, [0, 4000]),
        (12_000, [0, 4800]),
        (15_000, [0, 4800]),
        (20_000, [0, 4000, 10_000, 14_000]),
        (33_000, [0, 4400, 11_000, 15_400, 22_000, 26_400]),
    ],
)
def test_whole_breaths_are_prompted(hold_ms: int, prompts: list[int]) -> None:
    assert [at_ms for at_ms, _ in breath_prompts(hold_ms, 4000, 6000)] == prompts


@given(st.integers(1, 200_000), st.integers(1000, 12_000), st.integers(1000, 12_000))
def test_breaths_are_whole_in_turn_stretched_by_a_fifth_at_most_and_keep_off_the_end(
    hold_ms: int, in_ms: int, out_ms: int
) -> None:
    prompts = list(breath_prompts(hold_ms, in_ms, out_ms))
    assert len(prompts) % 2 == 0
    assert all(breath is (Breath.OUT if n % 2 else Breath.IN) for n, (_, breath) in enumerate(prompts))
    assert all(at_ms <= hold_ms - 6000 for at_ms, _ in prompts)
    starts = [at_ms for at_ms, breath in prompts if breath is Breath.IN]
    for one, two in pairwise(starts):
        assert in_ms + out_ms - 1 <= two - one <= (in_ms + out_ms) * 1.2 + 1


def test_a_prompt_on_a_landmark_joins_it_in_one_wording() -> None:
    events = slot(20_000, breath=Breathing(4000, 6000)).events
    joined = next(event for event in events if event.cue == "half-way")
    assert joined.wordings[0].text == "Half-way, breathe in"  # type: ignore[union-attr]
    assert [event.at_ms for event in events if event.cue == "breath-in"] == [0]


def test_a_breath_gives_way_to_the_count_of_its_second() -> None:
    events = [e for e in slot(20_000, Count.EVERY, Breathing(4000, 6000)).events if (e.at_ms or 0) % 20_000 == 4000]
    assert [event.cue for event in events] == ["count", "breath-out"]


def test_where_every_second_is_counted_a_breath_goes_out_only_if_it_went_in() -> None:
    hold = slot(60_000, Count.EVERY, Breathing(4000, 6000))
    for ms_per_letter in (40, 70, 95, 130, 400):
        placed_hold = place_slot(hold, 0, 0, letters(ms_per_letter))
        ins = [e.start_ms // 10_000 for e in placed_hold.events if e.cue == "breath-in"]
        outs = [e.start_ms // 10_000 for e in placed_hold.events if e.cue == "breath-out"]
        joined = {3 for e in placed_hold.events if e.cue == "half-way" and ", " in e.text}
        assert set(outs) == {*ins, *joined}, ms_per_letter


def test_a_landmark_among_counts_becomes_its_number_before_a_tone_and_says_what_it_lost() -> None:
    hold = slot(60_000, Count.EVERY, Breathing(4000, 6000))
    placed_hold = place_slot(hold, 0, 0, letters(130))
    assert [e.text for e in placed_hold.events if e.cue == "half-way"] == ["Half"]
    (why,) = [each.why for each in placed_hold.dropped if each.cue == "half-way"]
    assert why == f'{SHORTENED} "Half-way, breathe in" to "Half"'
