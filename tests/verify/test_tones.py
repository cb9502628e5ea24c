"""Tones are recognised at any pace, and told from each other and from words."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from tests.export.shelf import spoken
from tests.fakes import session_of
from tests.sampling import is_whole
from voicecoach.audio import LEAD_MS, RATE_HZ, Pcm, tone_clip
from voicecoach.cache import ClipCache
from voicecoach.coach import export_session
from voicecoach.events import Kind, Tone
from voicecoach.fingerprint import fingerprint
from voicecoach.manifest import Manifest, ManifestEvent, ManifestSound
from voicecoach.model import Count, Dose, Exercise, Pacing
from voicecoach.studio import open_studio
from voicecoach.units import Range
from voicecoach.verify import verify
from voicecoach.verify.checks import Check, check_promises
from voicecoach.verify.measurement import measure

PLANK = Exercise(name="Plank", steps=("Hold still.",), dose=Dose(hold=Range(30_000, 30_000)))
PACES = [Pacing(pace=0.5), Pacing(pace=0.85), Pacing(), Pacing(rate_wpm=110), Pacing(rate_wpm=60)]
FILES = [(Count.EVERY, "a.wav"), (Count.TONES, "a.mp3"), (Count.TONES, "a.wav")]
HOLDS = [
    (pacing, count, name)
    for (row, pacing), (column, (count, name)) in product(enumerate(PACES), enumerate(FILES))
    if is_whole() or row % len(FILES) == column
]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.mark.parametrize(("pacing", "count", "name"), HOLDS)
def test_a_hold_of_tones_passes_at_any_pace(
    clips: Path, tmp_path: Path, pacing: Pacing, count: Count, name: str
) -> None:
    session = session_of(PLANK, pacing=replace(pacing, count=count))
    with open_studio(None, "en", ClipCache(clips)) as studio:
        export_session(session, studio, str(tmp_path / name), lambda _: None)
    checks = verify(str(tmp_path / name))
    assert all(check.kept for check in checks), checks


def found(played: list[Pcm], due: list[Tone]) -> Check:
    """Return the check of the words of a session of tones, a second apart, in which others were played."""
    sound = np.zeros((len(due) + 1) * RATE_HZ, np.float32)
    for second, pcm in enumerate(played, start=1):
        sound[second * RATE_HZ :][: len(pcm)] = pcm / 32768
    events = tuple(_due(second * 1000, each) for second, each in enumerate(due, start=1))
    manifest = Manifest(
        title="", duration_ms=(len(due) + 1) * 1000, levelled=False, chapters=(), events=events, holds=()
    )
    measurement = measure([sound], RATE_HZ, events)
    checks = check_promises(manifest, measurement, None)
    return next(check for check in checks if check.name == "words")


def _due(start_ms: int, name: Tone) -> ManifestEvent:
    clip = tone_clip(name, RATE_HZ)
    return ManifestEvent(
        start_ms, ManifestSound(name.value, clip.duration_ms, fingerprint(clip.pcm, RATE_HZ)), Kind.TONE
    )


@pytest.mark.parametrize("late_ms", [-6, -3, 0, 2, 5])
def test_tones_are_recognised_a_few_milliseconds_off(late_ms: int) -> None:
    shift = late_ms * RATE_HZ // 1000
    shifted = [np.pad(tone_clip(each, RATE_HZ).pcm[max(-shift, 0) :], (max(shift, 0), 0)) for each in Tone]
    assert found(shifted, list(Tone)).kept


FALSE: dict[str, Callable[[Tone], Pcm]] = {
    "nothing": lambda _: np.zeros(RATE_HZ // 5, np.int16),
    "a word": lambda name: spoken(name.value, 0.6).pcm[LEAD_MS * RATE_HZ // 1000 :],
    "a noise": lambda _: np.random.default_rng(7).integers(-3000, 3000, 3300).astype(np.int16),
    "the start tone": lambda name: tone_clip(Tone.END if name is Tone.START else Tone.START, RATE_HZ).pcm,
    "the count tone": lambda name: tone_clip(Tone.END if name is Tone.COUNT else Tone.COUNT, RATE_HZ).pcm,
}


@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE)
@pytest.mark.parametrize("name", list(Tone))
def test_something_else_in_the_place_of_a_tone_is_noticed(name: Tone, false: Callable[[Tone], Pcm]) -> None:
    played = [false(each) if each is name else tone_clip(each, RATE_HZ).pcm for each in Tone]
    assert not found(played, list(Tone)).kept
