"""Who yields inside a slot of fixed length, and how talk grows."""

import pytest

from voicecoach.events import Event, Kind, Rank, Script, Slot, Sound, Tone, Utterance
from voicecoach.timeline import GAP_MS, place

LENGTHS = {"long": 2000, "mid": 900, "short": 400, "tiny": 100, Tone.COUNT: 60, Tone.END: 145, Tone.OUT: 145}


def length(sound: Sound) -> int:
    return LENGTHS[sound.text if isinstance(sound, Utterance) else sound]


def event(
    cue: str, rank: Rank, *words: str | Tone, at_ms: int | None = 0, window_ms: int = 0, slack_ms: int = 0
) -> Event:
    wordings = tuple(each if isinstance(each, Tone) else Utterance(each, 130) for each in words)
    return Event(
        kind=Kind.SPEAK, cue=cue, wordings=wordings, rank=rank, at_ms=at_ms, window_ms=window_ms, slack_ms=slack_ms
    )


def told(slot: Slot) -> tuple[list[tuple[str, str, int]], list[tuple[str, str]]]:
    """Return what is heard as (cue, words, start) and what is dropped as (cue, why)."""
    line = place(Script(title="Test", language="en", slots=(slot,)), length)
    return [(e.cue, e.text, e.start_ms) for e in line.events], [(d.cue, d.why) for d in line.dropped]


def fixed(nominal_ms: int, *events: Event) -> Slot:
    return Slot(kind="phase", nominal_ms=nominal_ms, elastic=False, events=events)


@pytest.mark.parametrize(
    ("slot", "heard", "dropped"),
    [
        pytest.param(
            fixed(3000, event("move", Rank.TIME, "long"), event("breath-in", Rank.BREATH, "mid", "short", at_ms=None)),
            [("move", "long", 0), ("breath-in", "short", 2120)],
            [],
            id="the lower rank takes the shorter wording",
        ),
        pytest.param(
            fixed(2300, event("move", Rank.TIME, "long"), event("breath-in", Rank.BREATH, "short", at_ms=None)),
            [("move", "long", 0)],
            [("breath-in", "yields to move")],
            id="then the lower rank is dropped",
        ),
        pytest.param(
            fixed(
                1200, event("rep", Rank.TIME, "short", Tone.COUNT), event("breath-in", Rank.BREATH, "mid", at_ms=None)
            ),
            [("rep", "short", 0)],
            [("breath-in", "yields to rep")],
            id="words do not become a tone for the sake of a lower rank",
        ),
        pytest.param(
            fixed(600, event("rep", Rank.TIME, "short", Tone.COUNT), event("move", Rank.TIME, "tiny", at_ms=None)),
            [("rep", "tone", 0), ("move", "tiny", 180)],
            [],
            id="but they do for their own rank",
        ),
        pytest.param(
            fixed(500, event("hold-end", Rank.TIME, "mid", "long", Tone.END)),
            [("hold-end", "end", 0)],
            [],
            id="an end that does not fit in words is a tone on its second",
        ),
        pytest.param(
            fixed(500, event("rep", Rank.TIME, "tiny"), event("side", Rank.ROUTE, "mid", at_ms=None)),
            [("rep", "tiny", 0)],
            [("side", "does not fit its time in any wording")],
            id="what could not stand even alone drags nobody down",
        ),
        pytest.param(
            fixed(
                3000,
                event("count", Rank.TIME, "mid", "short", Tone.COUNT, at_ms=-1000, window_ms=1000),
                event("tip", Rank.TIP),
            ),
            [("count", "short", 2000)],
            [("tip", "has no words that can be spoken")],
            id="a count is heard on its second, and what has no words is told",
        ),
        pytest.param(
            fixed(
                9000,
                event("count", Rank.TIME, "tiny", at_ms=4000, window_ms=1000),
                event("breath-out", Rank.BREATH, "short", at_ms=4000, slack_ms=400),
            ),
            [("count", "tiny", 4000), ("breath-out", "short", 4220)],
            [],
            id="a breath may follow the count of its second",
        ),
    ],
)
def test_who_yields(slot: Slot, heard: list[tuple[str, str, int]], dropped: list[tuple[str, str]]) -> None:
    said = [(cue, {"count": "tone"}.get(words, words), at_ms) for cue, words, at_ms in heard]
    now, gone = told(slot)
    assert [(cue, {"count": "tone"}.get(words, words), at_ms) for cue, words, at_ms in now] == said
    assert gone == dropped


def talk(nominal_ms: int, *events: Event, kind: str = "switch", lead_in_ms: int = 0) -> Slot:
    return Slot(kind=kind, nominal_ms=nominal_ms, elastic=True, events=events, lead_in_ms=lead_in_ms)


COUNT_IN = tuple(event("lead-in", Rank.TIME, "tiny", at_ms=at_ms, window_ms=1000) for at_ms in (-3000, -2000, -1000))


@pytest.mark.parametrize(
    ("slot", "lasts_ms", "by_ms"),
    [
        pytest.param(talk(6000, event("switch", Rank.ROUTE, "long"), *COUNT_IN), 6000, 0, id="room enough"),
        pytest.param(talk(4000, event("switch", Rank.ROUTE, "long", "short"), *COUNT_IN), 4000, 0, id="shorter words"),
        pytest.param(talk(3000, event("switch", Rank.ROUTE, "long", "short"), *COUNT_IN), 5400, 2400, id="it grows"),
        pytest.param(talk(0, event("rest", Rank.ROUTE, "long"), *COUNT_IN, kind="rest"), 5400, 5400, id="no rest"),
        pytest.param(talk(0, event("welcome", Rank.ROUTE, "long"), kind="welcome"), 2450, 0, id="talk has no length"),
    ],
)
def test_a_transition_takes_shorter_words_before_it_grows_and_says_that_it_grew(
    slot: Slot, lasts_ms: int, by_ms: int
) -> None:
    line = place(Script(title="Test", language="en", slots=(slot,)), length)
    assert line.duration_ms == lasts_ms
    assert sum(each.by_ms for each in line.stretched) == by_ms


def test_a_wait_word_that_would_meet_the_count_is_dropped_and_told() -> None:
    ready = event("ready", Rank.TIP, "long", at_ms=-4300, window_ms=1300)
    heard, dropped = told(talk(9000, event("next", Rank.ROUTE, "mid"), ready, *COUNT_IN))
    assert [cue for cue, _, _ in heard] == ["next", "lead-in", "lead-in", "lead-in"]
    assert dropped == [("ready", "does not fit its time in any wording")]


def test_a_shortest_hold_ends_on_time_though_its_start_was_just_said() -> None:
    start = Slot(
        kind="hold-start",
        nominal_ms=0,
        elastic=True,
        tail=False,
        events=(event("hold-start", Rank.TIME, "short", at_ms=None),),
    )
    hold = Slot(kind="hold", nominal_ms=1, elastic=False, events=())
    end = fixed(500, event("hold-end", Rank.TIME, "tiny"))
    line = place(Script(title="Test", language="en", slots=(start, hold, end)), length)
    assert [(e.cue, e.start_ms) for e in line.events] == [("hold-start", 0), ("hold-end", 401)]
    assert not line.dropped


def test_words_keep_a_gap_before_what_follows_their_slot() -> None:
    said = event("move", Rank.TIME, "mid")
    assert told(fixed(900 + GAP_MS, said))[0] == [("move", "mid", 0)]
    assert told(fixed(900 + GAP_MS - 1, said))[0] == []
