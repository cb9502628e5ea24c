"""What is heard inside a hold: the count, the landmarks and the breath."""

from collections.abc import Iterator
from itertools import chain

from voicecoach.events import Event, Slot, Where
from voicecoach.model import Breath, Count, Pacing
from voicecoach.script.prescription import STRETCH, breath_cycle
from voicecoach.script.wording import Timing, Wording
from voicecoach.units import scaled

SILENT_BELOW_MS = 3000
COUNTED_TO_MS = 10_000
LAST_SECONDS = {Count.AUTO: 5, Count.LAST: 3, Count.TONES: 5}
TENS_ABOVE = 20
LANDMARKS = (("half-way", 20_000, 0), ("ten-left", 30_000, 10_000), ("thirty-left", 90_000, 30_000))
"""Cue, the shortest hold that has it, and the milliseconds then left (0: half of the hold)."""

BREATH_FROM_MS = 10_000
BREATH_UNTIL_MS = 6000
"""Breath is prompted in holds of ten seconds and more, and no later than six seconds before their end."""

BREATH_SLACK_MS = 400
"""A prompt may follow a count of its own second: a breath is no clock."""

COUNTED_SLACK_MS = 800
"""Where every second is counted: the tone of a breath may follow its number."""

SAME_MS = 1000
"""A prompt and a landmark within a second are spoken as one."""


def hold_slot(wording: Wording, pacing: Pacing, hold_ms: int, where: Where, *, breath: bool = True) -> Slot:
    """Return the hold itself, from the end of its start cue to the onset of its end cue."""
    prompts = dict(breath_prompts(hold_ms, *breath_cycle(pacing))) if breath and pacing.breath else {}
    marks = landmarks(hold_ms) if pacing.count in {Count.AUTO, Count.EVERY} else {}
    slack_ms = COUNTED_SLACK_MS if pacing.count is Count.EVERY else BREATH_SLACK_MS
    events = chain(_marks(wording, hold_ms, marks, prompts, slack_ms), _count(wording, pacing.count, hold_ms, marks))
    # What is counted from the end stands in its place among what is counted from the start.
    in_order = sorted(events, key=lambda event: ((event.at_ms or 0) % hold_ms, event.rank))
    return Slot(kind="hold", events=tuple(in_order), where=where, nominal_ms=hold_ms, elastic=False)


def landmarks(hold_ms: int) -> dict[int, str]:
    """Return the landmarks of a hold: when, in milliseconds from its start, and their cues."""
    heard = [(cue, left_ms) for cue, least_ms, left_ms in LANDMARKS if hold_ms >= least_ms]
    return {hold_ms - left_ms if left_ms else hold_ms // 2: cue for cue, left_ms in heard}


def breath_prompts(hold_ms: int, in_ms: int, out_ms: int) -> Iterator[tuple[int, Breath]]:
    """Yield when to prompt the breath in a hold: whole breaths, each stretched by at most a fifth.

    A breath whose way out would be prompted too late is not begun either.
    """
    count = hold_ms // (in_ms + out_ms)
    # A shorter hold would end in the middle of a breath that was asked for.
    if hold_ms < BREATH_FROM_MS or not count:
        return
    factor = min(hold_ms / (count * (in_ms + out_ms)), 1 + STRETCH)
    for nth in range(count):
        start_ms = nth * (in_ms + out_ms)
        turn_ms = scaled(start_ms + in_ms, factor)
        if turn_ms <= hold_ms - BREATH_UNTIL_MS:
            yield scaled(start_ms, factor), Breath.IN
            yield turn_ms, Breath.OUT


def _marks(
    wording: Wording, hold_ms: int, marks: dict[int, str], prompts: dict[int, Breath], slack_ms: int
) -> Iterator[Event]:
    pairs = {at_ms: nth // 2 + 1 for nth, at_ms in enumerate(prompts)}
    # Two cues in one second would be heard as a rush, or one of them too late.
    joined = {at: near for near in prompts for at in marks if abs(at - near) < SAME_MS}
    for at_ms, cue in marks.items():
        # The plain number of the seconds left, where they are whole.
        seconds, broken = divmod(hold_ms - at_ms, 1000)
        lesser = () if broken else (wording.phrases.number(seconds).capitalize(),)
        if at_ms in joined:
            breath, pair = prompts[joined[at_ms]], pairs[joined[at_ms]]
            lesser = (*wording.phrases.wordings(cue), *lesser)
            yield wording.event(cue, f"{cue}-breath-{breath}", at_ms=at_ms, pair=pair, lesser=lesser, breath=breath)
        else:
            yield wording.event(cue, at_ms=at_ms, lesser=lesser)
    begun: set[Breath] = set()
    for at_ms, breath in prompts.items():
        if at_ms not in joined.values():
            form = f"breath-{breath}{'-again' if breath in begun else ''}"
            # No later than the last moment at which a breath is prompted at all.
            late_ms = min(slack_ms, hold_ms - BREATH_UNTIL_MS - at_ms)
            yield wording.event(f"breath-{breath}", form, at_ms=at_ms, slack_ms=late_ms, pair=pairs[at_ms])
        begun.add(breath)


def _count(wording: Wording, count: Count, hold_ms: int, marks: dict[int, str]) -> Iterator[Event]:
    if hold_ms < SILENT_BELOW_MS or count is Count.OFF:
        return
    whole = count is Count.EVERY or (count is not Count.LAST and hold_ms <= COUNTED_TO_MS)
    counted_ms = hold_ms if whole else min(hold_ms, LAST_SECONDS[count] * 1000 + 1)
    for left in range((counted_ms - 1) // 1000, 0, -1):
        if hold_ms - left * 1000 in marks:
            continue  # the landmark tells these seconds itself
        timing: Timing = {"at_ms": -left * 1000, "window_ms": 1000}
        if count is not Count.TONES and (left <= TENS_ABOVE or left % 10 == 0):
            yield wording.event("count", facts={"count": wording.phrases.number(left).capitalize()}, **timing)
        else:
            yield wording.tone("count", **timing)
