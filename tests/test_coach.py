"""The use cases that need no device: compile, place, fit, speak at a rate the voice reaches, tag."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.fakes import LetterVoice, compiled, english, letters, placed, session_of
from tests.live.test_long import Simulated
from voicecoach.audio import Clip
from voicecoach.cache import ClipCache
from voicecoach.coach import export_session, play_session, warm_clips
from voicecoach.events import Timeline, Utterance
from voicecoach.library import load_program
from voicecoach.model import Detail, Pacing
from voicecoach.session import NORMAL_WPM, Session, sound_tags, speaking_rate, time_session
from voicecoach.studio import Studio, open_studio
from voicecoach.verify import verify


@pytest.mark.parametrize(
    ("pacing", "reach", "rate", "told"),
    [
        (Pacing(), (80, 450), NORMAL_WPM, False),
        (Pacing(pace=0.5), (60, 450), 65, False),
        (Pacing(pace=2.0), (80, 450), 260, False),
        (Pacing(rate_wpm=110, pace=2.0), (80, 450), 110, False),
        (Pacing(rate_wpm=400), (80, 300), 300, True),
        (Pacing(pace=0.5), (95, 300), 95, True),
    ],
)
def test_the_rate_is_the_wished_one_or_the_nearest_that_the_voice_reaches_and_that_is_told(
    pacing: Pacing, reach: tuple[int, int], rate: int, told: bool
) -> None:
    rate_wpm, remark = speaking_rate(pacing, LetterVoice(reach_wpm=reach))
    assert rate_wpm == rate
    assert bool(remark) is told
    assert not told or str(rate) in remark


def test_a_timed_session_is_its_script_placed_by_the_lengths_of_the_voice() -> None:
    session = session_of("bird-dog")
    assert time_session(session, LetterVoice()) == placed(session, letters())
    slower = time_session(session, LetterVoice(letters(140)))
    assert slower.duration_ms > time_session(session, LetterVoice()).duration_ms
    assert [hold.prescribed_ms for hold in slower.holds] == [hold.prescribed_ms for hold in placed(session).holds]


def test_words_are_spoken_at_one_rate_but_for_the_numbers_that_must_keep_their_second() -> None:
    session = session_of("bird-dog", pacing=Pacing(rate_wpm=100))
    events = [event for slot in session.script(LetterVoice()).slots for event in slot.events]
    words = [sound for event in events for sound in event.wordings if isinstance(sound, Utterance)]
    assert {each.rate_wpm for each in words} == {100, 150, 200}
    crisp = {event.cue for event in events for sound in event.wordings
             if isinstance(sound, Utterance) and sound.rate_wpm > 100}  # fmt: skip
    assert crisp == {"count", "lead-in"}


def test_the_script_of_a_session_begins_where_the_session_does() -> None:
    session = Session(program=load_program("l5-s1-relief"), pacing=Pacing(), phrases=english(), start=7)
    assert session.script(LetterVoice()) == compiled(session)
    assert {slot.where.index for slot in compiled(session).slots if slot.where.index} == {7}


def test_a_target_length_counts_from_where_the_session_starts() -> None:
    session = Session(program=load_program("l5-s1-relief"), pacing=Pacing(fit_ms=1_150_000), phrases=english(), start=6)
    voice = LetterVoice()
    assert time_session(session.fit(voice), voice).duration_ms == pytest.approx(1_150_000, rel=0.03)


def test_tags_name_the_program_and_keep_the_sentence_of_safety() -> None:
    told = sound_tags(session_of("bird-dog", title="Morning"))
    assert (told["title"], told["language"]) == ("Morning", "eng")
    assert told["comment"].startswith("Stop if pain is sharp")


BRIEF = session_of("childs-pose", pacing=Pacing(detail=Detail.MINIMAL))
DAMAGED_BYTE = 60  # in the content of an entry, behind its mark and digest


def aged(folder: Path) -> Timeline:
    """Fill a cache with clips as a voice once made them, each a little longer, and damage every entry of it.

    Return the timeline of the clips as the voice makes them now.
    """
    with open_studio(None, "en", ClipCache(folder)) as studio:
        now = time_session(BRIEF, studio)
        for sound in {event.sound for event in now.events if isinstance(event.sound, Utterance)}:
            key, pcm = studio._sound_key(sound, "clip"), studio.clip(sound).pcm
            studio._keep(key, Clip(np.concatenate([pcm, np.zeros(2000, np.int16)]), studio.rate_hz))
    for entry in folder.glob("??/*"):
        content = bytearray(entry.read_bytes())
        content[DAMAGED_BYTE] ^= 255
        entry.write_bytes(content)
    with open_studio(None, "en", ClipCache(folder)) as studio:
        assert time_session(BRIEF, studio).events != now.events
    return now


def exported(studio: Studio, folder: Path) -> Timeline:
    timeline, _ = export_session(BRIEF, studio, str(folder / "a.mp3"), lambda _: None)
    assert all(check.kept for check in verify(str(folder / "a.mp3")))
    return timeline


def played(studio: Studio, _: Path) -> Timeline:
    return play_session(BRIEF, studio, Simulated(), lambda _: None)


def warmed(studio: Studio, _: Path) -> Timeline:
    warm_clips(BRIEF, studio, lambda _: None)
    return time_session(BRIEF, studio)


@pytest.mark.parametrize("use", [exported, played, warmed])
def test_a_session_whose_damaged_clips_last_otherwise_when_made_anew_is_placed_by_those(
    use: Callable[[Studio, Path], Timeline], tmp_path: Path
) -> None:
    now = aged(tmp_path / "clips")
    with open_studio(None, "en", ClipCache(tmp_path / "clips")) as studio:
        timeline = use(studio, tmp_path)
    if use is not played:
        # No two clips of the same words are equal to the sample.
        assert [event.sound for event in timeline.events] == [event.sound for event in now.events]
        assert timeline.duration_ms == pytest.approx(now.duration_ms, abs=100)
    assert timeline.holds
    assert [hold.prescribed_ms for hold in timeline.holds] == [hold.prescribed_ms for hold in now.holds]
    with open_studio(None, "en", ClipCache(tmp_path / "clips")) as studio:
        clips = {event: studio.clip(event.sound) for event in timeline.events}
    assert all(clip.duration_ms == event.end_ms - event.start_ms for event, clip in clips.items())
