"""The use cases that need no device: compile, place, fit, speak at a rate the voice reaches, tag."""

import pytest

from tests.fakes import LetterVoice, compiled, english, letters, placed, session_of
from voicecoach.coach import NORMAL_WPM, Session, speaking_rate, tags, timed
from voicecoach.events import Utterance
from voicecoach.library import load_program
from voicecoach.model import Pacing


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
    assert timed(session, LetterVoice()) == placed(session, letters())
    slower = timed(session, LetterVoice(letters(140)))
    assert slower.duration_ms > timed(session, LetterVoice()).duration_ms
    assert [hold.prescribed_ms for hold in slower.holds] == [
        hold.prescribed_ms for hold in placed(session).holds
    ]


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
    session = Session(
        program=load_program("l5-s1-relief"), pacing=Pacing(fit_ms=1_150_000), phrases=english(), start=6
    )
    voice = LetterVoice()
    assert timed(session.fitted(voice), voice).duration_ms == pytest.approx(1_150_000, rel=0.03)


def test_tags_name_the_program_and_keep_the_sentence_of_safety() -> None:
    told = tags(session_of("bird-dog", title="Morning"))
    assert (told["title"], told["language"]) == ("Morning", "en")
    assert told["comment"].startswith("Stop if pain is sharp")
