"""Who yields: the events of one slot are laid without overlap, by shorter wordings, then by rank."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.events import Event, Rank, Sound, Tone

GAP_MS = 120
"""Silence kept between two words, so that each has an onset that ear and meter can tell."""

Duration = Callable[[Sound], int]
"""Gives the length of a sound in milliseconds."""


@dataclass(slots=True)
class Candidate:
    """An event on its way to a place: which of its wordings is tried, and where it stands in the slot."""

    event: Event
    wording: int = 0
    start_ms: int = 0
    end_ms: int = 0

    @property
    def sound(self) -> Sound:
        """The wording being tried."""
        return self.event.wordings[self.wording]


@dataclass(frozen=True, slots=True)
class Yielded:
    """A dropped event, where it wanted to stand, and the cue it yielded to ("": its slot is too short).

    `along`: that cue yielded, and this one is nothing without it.
    """

    event: Event
    at_ms: int
    to_cue: str
    along: bool = False


def resolve_conflicts(
    events: tuple[Event, ...], length_ms: int, free_from_ms: int, duration: Duration
) -> tuple[list[Candidate], list[Yielded]]:
    """Lay events into a slot of fixed length; times count from its start.

    `free_from_ms` is when the speech before the slot leaves room. While something does not fit, the
    lowest rank in the conflict takes a shorter wording; when none has one, the lowest rank is dropped.
    """
    tries = [Candidate(event) for event in events if event.wordings]
    yielded = [Yielded(event, max(event.at_ms or 0, 0), "") for event in events if not event.wordings]
    # Every turn shortens or drops something, and so it ends.
    while True:
        failed = _lay(tries, length_ms, free_from_ms, duration)
        if failed is None:
            return tries, yielded
        rivals = _rivals(tries, failed, length_ms, duration)
        # Fewer words before fewer cues.
        shorter = _can_shorten(rivals, duration)
        if shorter:
            shorter.wording = _shorter(shorter, duration)
            if shorter.event.rank is not Rank.BREATH and shorter.event.loses(shorter.wording):
                yielded += _parted(shorter, tries, length_ms)
            continue
        # Of equals the later one goes: what was begun is said to its end.
        victim = max(reversed(rivals), key=lambda each: each.event.rank)
        others = [each for each in rivals if each is not victim]
        yielded.append(Yielded(victim.event, _wanted_ms(victim, length_ms), others[-1].event.cue if others else ""))
        tries.remove(victim)
        yielded += _parted(victim, tries, length_ms)


def _parted(gone: Candidate, tries: list[Candidate], length_ms: int) -> list[Yielded]:
    """Let the other half of a breath go with the one that is gone: a landmark keeps its own words."""
    pair = gone.event.pair
    halves = [each for each in tries if pair and each is not gone and each.event.pair == pair]
    prompts = [each for each in halves if each.event.rank is Rank.BREATH]
    for each in halves:
        if each in prompts:
            tries.remove(each)
        else:
            each.wording = max(each.wording, each.event.whole)
    return [Yielded(each.event, _wanted_ms(each, length_ms), gone.event.cue, along=True) for each in prompts]


def fits_window(each: Candidate, duration: Duration) -> bool:
    """Whether the wording being tried ends inside the window of its event, with a gap before what follows."""
    return not each.event.window_ms or duration(each.sound) + GAP_MS <= each.event.window_ms


def _lay(tries: list[Candidate], length_ms: int, free_from_ms: int, duration: Duration) -> int | None:
    """Set the times of all tries in order; return the first that does not fit, or None."""
    free_ms = max(free_from_ms, 0)
    for place, each in enumerate(tries):
        wanted_ms = _wanted_ms(each, length_ms) if each.event.at_ms is not None else free_ms
        lasts_ms = duration(each.sound)
        each.start_ms = max(wanted_ms, free_ms)
        each.end_ms = each.start_ms + lasts_ms
        late = each.event.at_ms is not None and each.start_ms > wanted_ms + each.event.slack_ms
        if late or not fits_window(each, duration) or each.end_ms + GAP_MS > length_ms:
            return place
        free_ms = each.end_ms + GAP_MS
    return None


def _wanted_ms(each: Candidate, length_ms: int) -> int:
    at_ms = each.event.at_ms
    if at_ms is None:
        return each.start_ms
    return at_ms if at_ms >= 0 else length_ms + at_ms


def _rivals(tries: list[Candidate], failed: int, length_ms: int, duration: Duration) -> list[Candidate]:
    """Return the failed try and the unbroken chain of speech before it that leaves it no room.

    A try that could not stand in its window or slot even by itself has no rivals.
    """
    alone = tries[failed]
    start_ms = _wanted_ms(alone, length_ms) if alone.event.at_ms is not None else 0
    least_ms = min(map(duration, alone.event.wordings))
    if not fits_window(alone, duration) or start_ms + least_ms + GAP_MS > length_ms:
        return [alone]
    first = failed
    while first and tries[first - 1].end_ms + GAP_MS >= tries[first].start_ms:
        first -= 1
    return tries[first : failed + 1]


def _can_shorten(rivals: list[Candidate], duration: Duration) -> Candidate | None:
    """Return which of the rivals takes a shorter wording: the lowest in rank that says as much in less time.

    When none does, the lowest rank of all says less, or becomes a tone. A higher one does not for its sake:
    the lower one is dropped instead.
    """
    lowest = max(each.event.rank for each in rivals)
    places = [(each, _shorter(each, duration)) for each in rivals]
    able = [each for each, place in places if place and _says_all(each.event, place)]
    able = able or [each for each, place in places if place and each.event.rank == lowest]
    return max(able, key=lambda each: each.event.rank, default=None)


def _says_all(event: Event, place: int) -> bool:
    return not isinstance(event.wordings[place], Tone) and not event.loses(place)


def _shorter(each: Candidate, duration: Duration) -> int:
    """Return the place of the next wording that really is shorter, 0 where there is none."""
    now_ms, places = duration(each.sound), range(each.wording + 1, len(each.event.wordings))
    return next((place for place in places if duration(each.event.wordings[place]) < now_ms), 0)
