"""The use cases: what voicecoach does, each as one story with its collaborators passed in."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from voicecoach.errors import DeviceError
from voicecoach.events import Script, Sound, Timeline, Utterance
from voicecoach.export import BIT_RATE
from voicecoach.live.suspension import wait_for_event
from voicecoach.model import Pacing, Program
from voicecoach.phrases import Phrases
from voicecoach.script import compile_script
from voicecoach.speech import Speech, retry_changed
from voicecoach.timeline import gather, place

if TYPE_CHECKING:
    from voicecoach.export.encoded_clips import Shelf
    from voicecoach.export.target import SavedFile
    from voicecoach.live.moment import Moment
    from voicecoach.live.session import Live
    from voicecoach.player import Command, Player
    from voicecoach.sinks import Sink
    from voicecoach.sinks.feed import Feed


NORMAL_WPM = 130
"""Real words a minute of guided exercise, between 110 and 150; audiobooks are read at 150 to 160."""


RETRY_S = (1, 2, 4, 8, 15, 30)
"""A device that vanished is tried again after so many seconds each; then the session gives up."""

_PATIENCE_S = 0.5
"""Words that are being made may keep a session from telling where it is; then it tells it later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What steers a live session from outside, and what the outside hears of it.

    `remote` is given the function that obeys commands, for any thread to call. `lost` is told of a device
    that vanished and when it is tried again, `held` of the seconds for which the program or the machine was
    stopped. `wait` lasts so many seconds, or until the event; `clock` goes on, whatever is stopped.
    """

    remote: Callable[[Callable[["Command"], None]], None] = lambda _: None
    lost: Callable[[DeviceError, float], None] = lambda _, __: None
    held: Callable[[float], None] = lambda _: None
    wait: Callable[[threading.Event, float], None] = wait_for_event
    clock: Callable[[], float] = time.monotonic


class CalibratedSpeech(Speech, Protocol):
    """Speech of a voice that knows how slowly and how fast it speaks: a `Studio`, or a fake of it."""

    def reachable_wpm(self) -> tuple[int, int]:
        """Return the slowest and the fastest the voice speaks, in real words a minute."""
        ...


if TYPE_CHECKING:

    class Archive(CalibratedSpeech, Shelf, Protocol):
        """A voice that keeps what was made of its clips: a `Studio`, or a fake of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A program run with a pacing, in the words of a language; `start` is its first exercise, from 1."""

    program: Program
    pacing: Pacing
    phrases: Phrases
    start: int = 1

    def script(self, speech: CalibratedSpeech) -> Script:
        """Return what is said and done, spoken as near to the wished rate as the voice reaches."""
        rate_wpm, _ = speaking_rate(self.pacing, speech)
        return compile_script(self.program, self.pacing, self.phrases, rate_wpm, start=self.start)

    def sounds(self, speech: CalibratedSpeech) -> Iterator[Sound]:
        """Yield what will be heard of the session, as far as nothing yields."""
        for slot in self.script(speech).slots:
            yield from (event.wordings[0] for event in slot.events if event.wordings)

    def player(self, speech: CalibratedSpeech) -> "Player":
        """Return what obeys commands in this session."""
        from voicecoach.player import Player
        from voicecoach.script.wording import Wording

        rate_wpm, _ = speaking_rate(self.pacing, speech)
        wording = Wording(self.phrases, rate_wpm, self.program.title)
        return Player(self.script(speech), wording, self.pacing)

    def fitted(self, speech: CalibratedSpeech) -> "Session":
        """Return the session whose pacing meets its target length, where it has one.

        The search goes by estimates, and once more by the words that are then really said.
        """
        if not self.pacing.fit_ms:
            return self
        from voicecoach.session_length import Costs, estimate_duration, fit_length

        rate_wpm, _ = speaking_rate(self.pacing, speech)
        program = replace(self.program, exercises=self.program.exercises[self.start - 1 :])
        pacing = self.pacing
        for duration in (estimate_duration(rate_wpm), speech.duration_ms):
            costs = Costs.of(program, pacing, self.phrases, rate_wpm, duration)
            pacing = fit_length(costs, self.pacing)
        return replace(self, pacing=pacing)


def time_session(session: Session, speech: CalibratedSpeech) -> Timeline:
    """Return the timed speech script of a session."""
    return place(session.script(speech), speech.duration_ms)


def export_session(
    session: Session,
    speech: "Archive",
    path: str,
    progress: Callable[[float], None],
    bit_rate: int = BIT_RATE,
) -> tuple[Timeline, "SavedFile"]:
    """Write a session to a sound file and return its timeline and what was written; see `save_timeline`."""
    from voicecoach.export.session import save_timeline

    def saved() -> "tuple[Timeline, SavedFile]":
        timeline = time_session(session, speech)
        return timeline, save_timeline(timeline, speech, path, sound_tags(session), progress, bit_rate)

    return retry_changed(saved)


def warm_clips(session: Session, speech: "Archive", progress: Callable[[float], None]) -> int:
    """Make all that an MP3 of a session is laid out of, and return how many sounds those are."""
    from voicecoach.export.session import warm_timeline

    return retry_changed(lambda: warm_timeline(time_session(session, speech), speech, progress))


def play_session(
    session: Session,
    speech: CalibratedSpeech,
    sink: "Sink",
    show: Callable[["Moment"], None],
    controls: Controls | None = None,
    *,
    waits: bool = False,
) -> Timeline:
    """Play a session live and return what was heard; what is not yet made is made while it plays.

    Where speech fails in mid-session, the person is told so by voice before the error is raised. With
    `waits`, each exercise waits for a command.
    """
    from voicecoach.live.session import Live
    from voicecoach.sinks.feed import Feed

    controls = controls or Controls()
    rate_wpm, _ = speaking_rate(session.pacing, speech)
    apology = Utterance(session.phrases.wordings("stopped")[0], rate_wpm)
    live = Live(session.player(speech), speech, apology, partial(_turned, session, speech), waits=waits)
    with Feed(live.blocks(), speech.rate_hz) as feed:
        obey = partial(_obey, live, feed, show)
        controls.remote(obey)
        threading.Thread(target=live.measure, name="voicecoach-measure", daemon=True).start()
        _until_heard(sink, feed, live, show, controls)
    if live.failure:
        raise live.failure
    return gather(live.player.script, live.placed)


def _obey(live: "Live", feed: "Feed", show: Callable[["Moment"], None], command: "Command") -> None:
    live.command(command, feed.steer)
    # Whoever asks next is to hear what became of it.
    live.tell(feed.given, show)


def _until_heard(
    sink: "Sink", feed: "Feed", live: "Live", show: Callable[["Moment"], None], controls: Controls
) -> None:
    """Play to the end, through devices that vanish and come back: then from the start of the cut exercise."""
    from voicecoach.live.suspension import SuspensionWatch
    from voicecoach.player import Command, State

    watch = SuspensionWatch(controls.clock)

    def heard(samples: int) -> None:
        held_s = watch.held_s()
        # After a night on the table, the person is asked, and not hurried.
        if held_s and not live.failure and live.state in {State.PLAYING, State.BETWEEN}:
            _obey(live, feed, show, Command.PAUSE)
            controls.held(held_s)
        live.tell(samples, show, _PATIENCE_S)

    waits, given = iter(RETRY_S), 0
    while True:
        watch.begin()
        try:
            sink.play(feed, live.rate_hz, heard)
        except DeviceError as error:
            if feed.given > given:
                waits, given = iter(RETRY_S), feed.given
            seconds = next(waits, None)
            if not feed.given or seconds is None:
                raise
            controls.lost(error, seconds)
            live.silent()
            live.tell(feed.given, show)
            controls.wait(live.stopped, seconds)
            if live.stopped.is_set():
                return
            live.lost(feed.steer)
        else:
            return


def _turned(session: Session, speech: CalibratedSpeech, pacing: Pacing) -> "Player":
    """Return the player of a session at another pacing."""
    return replace(session, pacing=pacing).player(speech)


def speaking_rate(pacing: Pacing, speech: CalibratedSpeech) -> tuple[int, str]:
    """Return the speaking rate in real words a minute, and a remark where it is not the wished one."""
    wished = pacing.rate_wpm or round(NORMAL_WPM * pacing.pace)
    slowest, fastest = speech.reachable_wpm()
    rate_wpm = min(max(wished, slowest), fastest)
    remark = f"this voice speaks {slowest} to {fastest} words a minute: {rate_wpm} instead of {wished}"
    return rate_wpm, "" if rate_wpm == wished else remark


def sound_tags(session: Session) -> dict[str, str]:
    """Return the tags of a sound file of the session."""
    program = session.program
    return {
        "title": program.title,
        "artist": "voicecoach",
        "album": program.title,
        "genre": "Speech",
        "language": session.phrases.iso_639_2,
        "comment": " ".join(session.phrases.safety(full=False)),
    }
