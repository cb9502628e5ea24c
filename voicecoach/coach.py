"""The use cases: what voicecoach does with a session, each as one story with its collaborators passed in."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from voicecoach.clip import Pcm
from voicecoach.errors import DeviceError
from voicecoach.events import Sound, Timeline, Utterance
from voicecoach.export.content import Content
from voicecoach.export.encoded_clips import ClipFacts, find_facts
from voicecoach.export.formats import MP3, SavedFile, check_sound_target, find_format
from voicecoach.export.mp3_layout import lay_out, save_layout
from voicecoach.export.session_loudness import LEAST_SPEECH_MS, spoken_ms
from voicecoach.live.suspension import SuspensionWatch, wait_for_event
from voicecoach.manifest import compose_manifest
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, Moment, State
from voicecoach.player.steering import Player
from voicecoach.script.wording import Wording
from voicecoach.session import Session, sound_tags, speaking_rate, time_session
from voicecoach.speech import Speech, SpeechArchive, retry_changed
from voicecoach.timeline import gather

if TYPE_CHECKING:
    # They bring NumPy, which a session of known sounds is exported without.
    from voicecoach.live.session import Live
    from voicecoach.sinks import Sink
    from voicecoach.sinks.feed import Feed

RETRY_S = (1, 2, 4, 8, 15, 30)
"""A device that vanished is tried again after so many seconds each; then the session gives up."""

# Words that are being made may keep a session from telling where it is; then it tells it later.
_PATIENCE_S = 0.5

# How much of an export's time it takes to measure the clips.
_FACTS_SHARE = 0.3

Progress = Callable[[float], None]
"""Is called with 0 to 1, never less than before."""


def export_session(
    session: Session, speech: SpeechArchive, path: str, progress: Progress, bit_rate: int = 0
) -> tuple[Timeline, SavedFile]:
    """Write a session to a sound file, and return its timeline and what was written; see `save_timeline`."""
    check_sound_target(path)
    session = session.fit(speech)

    def export() -> tuple[Timeline, SavedFile]:
        # The voice speaks as lengths are asked for: all that is missing at the first of them.
        timeline = time_session(session, speech)
        return timeline, save_timeline(timeline, speech, path, sound_tags(session), progress, bit_rate)

    return retry_changed(export)


def save_timeline(
    timeline: Timeline, speech: SpeechArchive, path: str, tags: dict[str, str], progress: Progress, bit_rate: int = 0
) -> SavedFile:
    """Write a timeline to `path` in the format of its extension, laid out of frames if it can be, else mixed.

    The file carries its script. `bit_rate` 0 is the format's own. Raises UsageError, FileError, EngineError.
    """
    check_sound_target(path)
    kind = find_format(path)
    heard, facts = _known(timeline, speech, progress)
    fingerprints = {sound: each.fingerprint for sound, each in facts.items()}
    script = compose_manifest(timeline, fingerprints, levelled=spoken_ms(heard) >= LEAST_SPEECH_MS)
    content = Content(speech.rate_hz, bit_rate or kind.bit_rate, {**tags, "script": script}, timeline.chapters)
    rest = _part(progress, _FACTS_SHARE, 1)
    # Of an MP3, the levels are settled without a sample, from what is known of its clips.
    layout = lay_out(heard, facts, speech, content.bit_rate, rest) if kind is MP3 else None
    if layout:
        return save_layout(path, layout, content)
    # They bring NumPy, which laying out known frames does without.
    from voicecoach.export.stream import save_stream
    from voicecoach.mix import mix

    def mixed(gain: float) -> Iterator[Pcm]:
        clips = ((event.start_ms, speech.clip(event.sound)) for event in heard.events)
        return mix(chain(clips, [(timeline.duration_ms, None)]), speech.rate_hz, gain)

    return save_stream(path, mixed, content, timeline.duration_ms, spoken_ms(heard), rest)


def _known(timeline: Timeline, speech: SpeechArchive, progress: Progress) -> tuple[Timeline, dict[Sound, ClipFacts]]:
    """Return a timeline without what has no length, as words without a letter, and what is known of its clips."""
    heard = timeline._replace(events=tuple(event for event in timeline.events if event.end_ms > event.start_ms))
    return heard, find_facts(speech, heard, _part(progress, 0, _FACTS_SHARE))


def warm_clips(session: Session, speech: SpeechArchive, progress: Progress) -> int:
    """Make all that an MP3 of a session is laid out of, and return how many sounds those are."""
    session = session.fit(speech)

    def warm() -> int:
        heard, facts = _known(time_session(session, speech), speech, progress)
        lay_out(heard, facts, speech, MP3.bit_rate, _part(progress, _FACTS_SHARE, 1))
        return len(facts)

    return retry_changed(warm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What steers a live session from outside, and what the outside hears of it.

    `remote` is given the function that obeys commands, for any thread to call. `lost` is told of a device
    that vanished and when it is tried again, `held` of the seconds for which the program or the machine was
    stopped. `wait` lasts so many seconds, or until the event; `clock` goes on, whatever is stopped.
    """

    remote: Callable[[Callable[[Command], None]], None] = lambda _: None
    lost: Callable[[DeviceError, float], None] = lambda _, __: None
    held: Callable[[float], None] = lambda _: None
    wait: Callable[[threading.Event, float], None] = wait_for_event
    clock: Callable[[], float] = time.monotonic


def play_session(
    session: Session,
    speech: Speech,
    sink: "Sink",
    show: Callable[[Moment], None],
    controls: Controls | None = None,
    *,
    waits: bool = False,
) -> Timeline:
    """Play a session live and return what was heard; what is not yet made is made while it plays.

    Where speech fails in mid-session, the person is told so by voice before the error is raised. With
    `waits`, each exercise waits for a command.
    """
    # They bring NumPy, which an export of known sounds does without.
    from voicecoach.live.session import Live
    from voicecoach.sinks.feed import Feed

    controls = controls or Controls()
    session = session.fit(speech)
    rate_wpm, _ = speaking_rate(session.pacing, speech)
    apology = Utterance(session.phrases.wordings("stopped")[0], rate_wpm)
    player = player_of(session, speech, session.pacing)
    # Each slot is placed, spoken and mixed as its turn comes, and read ahead of the device.
    live = Live(player, speech, apology, partial(player_of, session, speech), waits=waits)
    with Feed(live.blocks(), speech.rate_hz) as feed:
        controls.remote(partial(_obey, live, feed, show))
        threading.Thread(target=live.ahead.measure, name="voicecoach-measure", daemon=True).start()
        _until_heard(sink, feed, live, show, controls)
    if live.failure:
        raise live.failure
    return gather(live.player.script, live.placed)


def _obey(live: "Live", feed: "Feed", show: Callable[[Moment], None], command: Command) -> None:
    live.command(command, feed.steer)
    # Whoever asks next is to hear what became of it.
    live.tell(feed.given, show)


def _until_heard(sink: "Sink", feed: "Feed", live: "Live", show: Callable[[Moment], None], controls: Controls) -> None:
    """Play to the end, through devices that vanish and come back: then from the start of the cut exercise."""
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


def player_of(session: Session, speech: Speech, pacing: Pacing) -> Player:
    """Return what obeys commands in a session, at a pacing that may be another than its own."""
    rate_wpm, _ = speaking_rate(pacing, speech)
    wording = Wording(session.phrases, rate_wpm, session.program.title)
    return Player(replace(session, pacing=pacing).script(speech), wording, pacing)


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress whose 0 to 1 is what lies between `start` and `end`; it does not go back.

    A layout that turns out not to serve has told of some of the way already, which mixing then goes again.
    """
    most = start

    def tell(done: float) -> None:
        nonlocal most
        most = max(most, start + (end - start) * done)
        progress(most)

    return tell
