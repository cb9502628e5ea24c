"""A timeline becomes a file: laid out of frames where that serves, else mixed and encoded as a stream."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from voicecoach.events import Kind, Sound, Timeline
from voicecoach.export import BIT_RATE
from voicecoach.export.encoded_clips import ClipFacts, Shelf, find_facts
from voicecoach.export.gain import LEAST_SPEECH_MS
from voicecoach.export.mp3_layout import PlacedSounds, lay_out, save_layout
from voicecoach.export.target import SavedFile, check_sound_target
from voicecoach.manifest import compose_manifest

if TYPE_CHECKING:
    from voicecoach.audio import Clip

_FACTS_SHARE = 0.3

Progress = Callable[[float], None]


class Archive(Shelf, Protocol):
    """A shelf whose clips have one rate."""

    rate_hz: int


def save_timeline(
    timeline: Timeline,
    speech: Archive,
    path: str,
    tags: dict[str, str],
    progress: Progress,
    bit_rate: int = BIT_RATE,
) -> SavedFile:
    """Write a timeline to `path` in the format of its extension; raises UsageError, FileError, EngineError.

    The file carries its script. `progress` is called with 0 to 1, never less than before.
    """
    check_sound_target(path)
    session = _placed(timeline)
    facts = _facts(session, speech, progress)
    levelled = session.speech_ms >= LEAST_SPEECH_MS
    fingerprints = {sound: each.fingerprint for sound, each in facts.items()}
    tags = {**tags, "script": compose_manifest(timeline, fingerprints, levelled=levelled)}
    rest = _after(_FACTS_SHARE, progress)
    if Path(path).suffix.lower() == ".mp3":
        laid = lay_out(session, facts, speech.rate_hz, bit_rate, speech, rest)
        if laid:
            saved = save_layout(path, laid, speech.rate_hz, bit_rate, tags, timeline.chapters)
            progress(1.0)
            return saved
    return _streamed(timeline, session, speech, path, tags, rest, bit_rate)


def warm_timeline(timeline: Timeline, speech: Archive, progress: Progress, bit_rate: int = BIT_RATE) -> int:
    """Make all that an MP3 of a timeline is laid out of, and return how many sounds those are."""
    session = _placed(timeline)
    facts = _facts(session, speech, progress)
    lay_out(session, facts, speech.rate_hz, bit_rate, speech, _after(_FACTS_SHARE, progress))
    return len(facts)


def _facts(session: PlacedSounds, speech: Archive, progress: Progress) -> dict[Sound, ClipFacts]:
    sounds = (sound for _, sound in session.sounds)
    return find_facts(speech, sounds, lambda done: progress(done * _FACTS_SHARE))


def _streamed(
    timeline: Timeline,
    session: PlacedSounds,
    speech: Archive,
    path: str,
    tags: dict[str, str],
    progress: Progress,
    bit_rate: int,
) -> SavedFile:
    from voicecoach.export.stream import save_stream
    from voicecoach.mix import mix

    def cuts() -> Iterator[tuple[int, "Clip | None"]]:
        yield from ((start_ms, speech.clip(sound)) for start_ms, sound in session.sounds)
        yield session.duration_ms, None

    return save_stream(
        path,
        lambda gain: mix(cuts(), speech.rate_hz, gain),
        speech.rate_hz,
        session.duration_ms,
        session.speech_ms,
        tags,
        timeline.chapters,
        progress,
        bit_rate,
    )


def _placed(timeline: Timeline) -> PlacedSounds:
    heard = [event for event in timeline.events if event.end_ms > event.start_ms]
    return PlacedSounds(
        sounds=[(event.start_ms, event.sound) for event in heard],
        duration_ms=timeline.duration_ms,
        speech_ms=sum(event.end_ms - event.start_ms for event in heard if event.kind is not Kind.TONE),
    )


def _after(share: float, progress: Progress) -> Progress:
    """Return a progress whose 0 to 1 is what is left after `share`; it does not go back."""
    most = 0.0

    def told(done: float) -> None:
        nonlocal most
        most = max(most, done)
        progress(share + (1 - share) * most)

    return told
