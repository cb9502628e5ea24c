"""How one slot is laid, without overlap: talk takes the time that its words need, all else makes do with its own.

In a slot of fixed length it is settled who yields: by shorter wordings, then by rank.
"""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.events import Dropped, Event, Kind, PlacedEvent, Rank, Slot, Sound, Tone, Where

GAP_MS = 120
"""Silence kept between two words, so that each has an onset that ear and meter can tell."""

SENTENCE_MS = 450
"""Silence between two sentences of a transition."""

COUNT_ROOM_MS = 400
"""Silence between the last sentence of a transition and the count that ends it."""

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

    @property
    def says_less(self) -> bool:
        """Whether that wording says less than its event is for."""
        return self.event.loses(self.wording)

    def wanted_ms(self, length_ms: int, unless_timed_ms: int) -> int:
        """Return where in a slot of that length its event is to start."""
        at_ms = unless_timed_ms if self.event.at_ms is None else self.event.at_ms
        return at_ms if at_ms >= 0 else length_ms + at_ms

    def dropped(self, length_ms: int, why: str) -> Dropped:
        """Return that it is not heard, in a slot of that length."""
        return Dropped(self.event.cue, self.wanted_ms(length_ms, self.start_ms), why)

    def placed(self, slot_ms: int, where: Where) -> PlacedEvent:
        """Return it on the clock, in a slot that starts at `slot_ms`."""
        kind = Kind.TONE if isinstance(self.sound, Tone) else self.event.kind
        breath = None if self.says_less else self.event.breath
        start_ms, end_ms = slot_ms + self.start_ms, slot_ms + self.end_ms
        return PlacedEvent(kind, start_ms, end_ms, self.sound, self.event.cue, where, breath)


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
    while rivals := _lay(tries, length_ms, free_from_ms):
        # Fewer words before fewer cues.
        shortened = _can_shorten(rivals)
        if shortened:
            shortened.wording = shortened.shorter
            if shortened.event.rank is not Rank.BREATH and shortened.says_less:
                dropped += _parted(shortened, tries, length_ms)
            continue
        # Of equals the later one goes: what was begun is said to its end.
        victim = max(reversed(rivals), key=lambda each: each.event.rank)
        stronger = [each.event.cue for each in rivals if each is not victim]
        dropped.append(victim.dropped(length_ms, f"yields to {stronger[-1]}" if stronger else NO_ROOM))
        tries.remove(victim)
        dropped += _parted(victim, tries, length_ms)
    return tries, dropped, length_ms


def _parted(gone: Candidate, tries: list[Candidate], length_ms: int) -> list[Dropped]:
    """Let the other half of a breath go with the one that is gone: a landmark keeps its own words."""
    dropped = []
    for each in [each for each in tries if each is not gone and each.event.pair == gone.event.pair != 0]:
        if each.event.rank is Rank.BREATH:
            tries.remove(each)
            dropped.append(each.dropped(length_ms, f"goes with the {gone.event.cue} of its breath"))
        else:
            each.wording = max(each.wording, each.event.whole)
    return dropped


def _lay(tries: list[Candidate], length_ms: int, free_ms: int) -> list[Candidate]:
    """Set the times of all tries in order, up to the first that does not fit; return its rivals and it, or nothing."""
    free_ms = max(free_ms, 0)
    for place, each in enumerate(tries):
        wanted_ms = each.wanted_ms(length_ms, free_ms)
        each.start_ms = max(wanted_ms, free_ms)
        late = each.start_ms > wanted_ms + each.event.slack_ms
        free_ms = each.end_ms + GAP_MS
        if late or not each.fits_window or free_ms > length_ms:
            return _rivals(tries, place, length_ms)
    return []


def _rivals(tries: list[Candidate], failed: int, length_ms: int) -> list[Candidate]:
    """Return the failed try and the unbroken chain of speech before it that leaves it no room.

    A try that could not stand in its window or slot even by itself has no rivals.
    """
    alone = tries[failed]
    least_ms = min(map(alone.duration, alone.event.wordings))
    if not alone.fits_window or alone.wanted_ms(length_ms, 0) + least_ms + GAP_MS > length_ms:
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


def talk(slot: Slot, free_ms: int, duration: Duration) -> Laid:
    """Lay a slot of talk: in shorter words where those spare it from growing, else it grows.

    The speech before it leaves room from `free_ms` on, which counts from the slot's start.
    """
    full = _said(slot, free_ms, duration, shortest=False)
    # Shorter words only where they save the transition from growing; else the best ones are said.
    if 0 < slot.nominal_ms < full[-1]:
        short = _said(slot, free_ms, duration, shortest=True)
        if short[-1] <= slot.nominal_ms:
            return short
    return full


def _said(slot: Slot, free_ms: int, duration: Duration, *, shortest: bool) -> Laid:
    flow: list[Candidate] = []
    count: list[Candidate] = []
    next_ms, needed_ms, settled_ms, count_ms = max(free_ms, 0), 0, 0, 0
    for event in (event for event in slot.events if event.wordings):
        if event.at_ms is not None and event.at_ms < 0:
            # Counted down to the end of the slot, which is known once all else has its place.
            tries = [Candidate(event, duration, place) for place in range(len(event.wordings))]
            count.append(next((each for each in tries if each.fits_window), tries[-1]))
            continue
        said = _in_words(event, duration, shortest=shortest)
        said.start_ms = next_ms
        flow.append(said)
        next_ms = said.end_ms + max(SENTENCE_MS, event.pause_ms)
        needed_ms = next_ms if slot.tail else said.end_ms
        count_ms = said.end_ms + max(COUNT_ROOM_MS, event.pause_ms)
        settled_ms = said.end_ms + slot.lead_in_ms if event.settles else settled_ms
    heard = [each for each in count if each.fits_window]
    if heard:
        needed_ms = count_ms - min(each.event.at_ms or 0 for each in heard)
    length_ms = max(slot.nominal_ms, settled_ms, needed_ms)
    for each in count:
        each.start_ms = each.wanted_ms(length_ms, 0)
    dropped = [each.dropped(length_ms, NO_ROOM) for each in count if each not in heard]
    return flow + heard, dropped, length_ms


def _in_words(event: Event, duration: Duration, *, shortest: bool) -> Candidate:
    """Return a try at the first words that fit the event's window, else at the `shortest`; a tone is none."""
    words = [n for n, sound in enumerate(event.wordings) if not isinstance(sound, Tone)] or [0]
    tries = [Candidate(event, duration, place) for place in words]
    fitting = (each for each in tries if not shortest and each.fits_window)
    return next(fitting, None) or min(tries, key=lambda each: duration(each.sound))
