"""Who yields: the events of one slot are laid without overlap, by shorter wordings, then by rank."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.events import Dropped, Event, Rank, Sound, Tone

GAP_MS = 120
"""Silence kept between two words, so that each has an onset that ear and meter can tell."""

NO_ROOM = "does not fit its time in any wording"

Duration = Callable[[Sound], int]
"""Gives the length of a sound in milliseconds."""


@dataclass(slots=True)
class Candidate:
    """An event on its way to a place: which of its wordings is tried, and where in the slot that starts."""

    event: Event
    duration: Duration
    wording: int = 0
    start_ms: int = 0

    @property
    def sound(self) -> Sound:
        """The wording being tried."""
        return self.event.wordings[self.wording]

    @property
    def end_ms(self) -> int:
        """Where in the slot that wording ends."""
        return self.start_ms + self.duration(self.sound)

    @property
    def fits_window(self) -> bool:
        """Whether it ends inside the window of its event, with a gap before what follows."""
        return not self.event.window_ms or self.duration(self.sound) + GAP_MS <= self.event.window_ms

    @property
    def shorter(self) -> int:
        """The place of the next wording that really is shorter, 0 where there is none."""
        now_ms, places = self.duration(self.sound), range(self.wording + 1, len(self.event.wordings))
        return next((place for place in places if self.duration(self.event.wordings[place]) < now_ms), 0)


Laid = tuple[list[Candidate], list[Dropped], int]
"""What is heard in a slot, what is not, and how long the slot is; times count from its start."""


def resolve_conflicts(events: tuple[Event, ...], length_ms: int, free_from_ms: int, duration: Duration) -> Laid:
    """Lay events into a slot of fixed length.

    `free_from_ms` is when the speech before the slot leaves room. While something does not fit, the
    lowest rank in the conflict takes a shorter wording; when none has one, the lowest rank is dropped.
    """
    tries = [Candidate(event, duration) for event in events if event.wordings]
    dropped: list[Dropped] = []
    # Every turn shortens or drops something, and so it ends.
    while (failed := _lay(tries, length_ms, free_from_ms)) is not None:
        rivals = _rivals(tries, failed, length_ms)
        # Fewer words before fewer cues.
        shortened = _can_shorten(rivals)
        if shortened:
            shortened.wording = shortened.shorter
            if shortened.event.rank is not Rank.BREATH and shortened.event.loses(shortened.wording):
                dropped += _parted(shortened, tries, length_ms)
            continue
        # Of equals the later one goes: what was begun is said to its end.
        victim = max(reversed(rivals), key=lambda each: each.event.rank)
        stronger = [each.event.cue for each in rivals if each is not victim]
        why = f"yields to {stronger[-1]}" if stronger else NO_ROOM
        dropped.append(Dropped(victim.event.cue, _wanted_ms(victim, length_ms, victim.start_ms), why))
        tries.remove(victim)
        dropped += _parted(victim, tries, length_ms)
    return tries, dropped, length_ms


def _parted(gone: Candidate, tries: list[Candidate], length_ms: int) -> list[Dropped]:
    """Let the other half of a breath go with the one that is gone: a landmark keeps its own words."""
    dropped = []
    for each in [each for each in tries if each is not gone and each.event.pair == gone.event.pair != 0]:
        if each.event.rank is Rank.BREATH:
            tries.remove(each)
            why = f"goes with the {gone.event.cue} of its breath"
            dropped.append(Dropped(each.event.cue, _wanted_ms(each, length_ms, each.start_ms), why))
        else:
            each.wording = max(each.wording, each.event.whole)
    return dropped


def _lay(tries: list[Candidate], length_ms: int, free_ms: int) -> int | None:
    """Set the times of all tries in order; return the first that does not fit, or None."""
    free_ms = max(free_ms, 0)
    for place, each in enumerate(tries):
        wanted_ms = _wanted_ms(each, length_ms, free_ms)
        each.start_ms = max(wanted_ms, free_ms)
        late = each.start_ms > wanted_ms + each.event.slack_ms
        free_ms = each.end_ms + GAP_MS
        if late or not each.fits_window or free_ms > length_ms:
            return place
    return None


def _wanted_ms(each: Candidate, length_ms: int, unless_timed_ms: int) -> int:
    at_ms = each.event.at_ms
    if at_ms is None:
        return unless_timed_ms
    return at_ms if at_ms >= 0 else length_ms + at_ms


def _rivals(tries: list[Candidate], failed: int, length_ms: int) -> list[Candidate]:
    """Return the failed try and the unbroken chain of speech before it that leaves it no room.

    A try that could not stand in its window or slot even by itself has no rivals.
    """
    alone = tries[failed]
    least_ms = min(map(alone.duration, alone.event.wordings))
    if not alone.fits_window or _wanted_ms(alone, length_ms, 0) + least_ms + GAP_MS > length_ms:
        return [alone]
    first = failed
    while first and tries[first - 1].end_ms + GAP_MS >= tries[first].start_ms:
        first -= 1
    return tries[first : failed + 1]


def _can_shorten(rivals: list[Candidate]) -> Candidate | None:
    """Return which of the rivals takes a shorter wording: the lowest in rank that says as much in less time.

    When none does, the lowest rank of all says less, or becomes a tone. A higher one does not for its sake:
    the lower one is dropped instead.
    """
    lowest = max(each.event.rank for each in rivals)
    places = [(each, each.shorter) for each in rivals if each.shorter]
    able = [
        each
        for each, place in places
        if not isinstance(each.event.wordings[place], Tone) and not each.event.loses(place)
    ]
    able = able or [each for each, _ in places if each.event.rank == lowest]
    return max(able, key=lambda each: each.event.rank, default=None)
