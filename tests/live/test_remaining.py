"""How much is left is known soon, told roughly before, and never waited for by who commands."""

import threading
import time

import pytest

from tests.bounds import HANG_S
from tests.fakes import LetterVoice, english, letters
from tests.live.driver import Driver
from tests.live.test_live import PROGRAM, at_hold, words_after
from tests.remote.watched import eventually
from voicecoach.audio import Clip
from voicecoach.coach import player_of
from voicecoach.events import Sound, Utterance
from voicecoach.live.remaining import RemainingTime, Tempos
from voicecoach.model import Pacing
from voicecoach.player.commands import Command
from voicecoach.player.steering import PACE_STEP, Player
from voicecoach.session import NORMAL_WPM, Session

WORD_S = 0.05


class SlowVoice(LetterVoice):
    """A voice that takes its time to make each word for the first time."""

    def __init__(self) -> None:
        super().__init__(letters())
        self.made: set[Sound] = set()

    def duration_ms(self, sound: Sound) -> int:
        if isinstance(sound, Utterance) and sound not in self.made:
            time.sleep(WORD_S)
            self.made.add(sound)
        return super().duration_ms(sound)

    def clip(self, sound: Sound) -> Clip:
        self.duration_ms(sound)
        return super().clip(sound)


def test_another_tempo_is_answered_before_its_words_are_made() -> None:
    driver = Driver(PROGRAM, voice=(voice := SlowVoice()))
    at_hold(driver, 4000)
    made = len(voice.made)
    driver.command(Command.SLOWER)
    driver.take_ms(100)
    assert len(voice.made) - made < 20  # of the forty words that are left


class HeldVoice(LetterVoice):
    """A voice that waits before each word to be let on, and counts who waits."""

    def __init__(self) -> None:
        super().__init__(letters())
        self.on = threading.Event()
        self.askers: set[int] = set()

    def duration_ms(self, sound: Sound) -> int:
        if threading.current_thread().name == "voicecoach-measure":
            self.askers.add(threading.get_ident())
            self.on.wait(HANG_S)
        return super().duration_ms(sound)


def test_six_tempos_in_a_row_are_measured_by_one_thread_and_only_the_last_to_its_end() -> None:
    driver = Driver(PROGRAM, voice=(voice := HeldVoice()))
    for _ in range(6):
        driver.command(Command.SLOWER)
        driver.take_ms(300)
        eventually(lambda: voice.askers)
    voice.asked.clear()
    voice.on.set()
    left_s = time.monotonic() + HANG_S
    while driver.live.ahead._known[0] is not driver.live.player:
        assert time.monotonic() < left_s
        time.sleep(0.01)
    assert len(voice.askers) == 1
    rates = {sound.rate_wpm for sound in voice.asked if isinstance(sound, Utterance)}
    given_up = {round(NORMAL_WPM / PACE_STEP**presses) for presses in range(2, 6)}
    assert not rates & given_up


def test_what_is_left_is_told_roughly_while_it_is_not_known() -> None:
    session = Session(program=PROGRAM, pacing=Pacing(), phrases=english())
    voice = LetterVoice()
    player = player_of(session, voice, session.pacing)
    ahead = RemainingTime(player, voice)
    assert ahead.from_ms(player, 0) is None
    roughly = ahead.from_ms(player, 0, roughly=True)
    ahead.measure()
    known = ahead.from_ms(player, 0)
    assert roughly
    assert known
    assert 0.7 < roughly / known < 1.4
    assert ahead.from_ms(player, len(player.script.slots)) == 0
    other = player_of(session, voice, session.pacing)
    assert ahead.from_ms(other, 0) == roughly, "another tempo is not measured yet"


def test_who_asks_at_once_hears_no_lie() -> None:
    driver = Driver(PROGRAM, measured=False)
    driver.take_ms(2000)
    position_ms = driver.position_ms
    driver.command(Command.LEFT)
    driver.take_ms(20_000)
    (told,) = [words for words in words_after(driver, position_ms) if words.startswith("About")]
    assert "minute" in told


def test_what_was_done_stays_done_at_another_tempo() -> None:
    driver = Driver(PROGRAM)
    while 1 not in (driver.moments[-1].done if driver.moments else ()):
        driver.take_ms(2000)
    driver.command(Command.FASTER)
    driver.take_ms(1000)
    assert driver.moments[-1].done == {1}
    driver.to_end()
    assert driver.moments[-1].done == {1, 2}


@pytest.mark.parametrize("command", [Command.LEFT, Command.SKIP, Command.RESUME])
def test_what_is_left_is_the_same_right_after_a_command_and_a_moment_later(command: Command) -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    before_ms = driver.moments[-1].left_ms
    driver.command(command)
    driver.live.tell(driver.given, driver.moments.append)
    driver.take_ms(200)
    assert [moment.left_ms for moment in driver.moments[-2:]] == [before_ms, before_ms - 200]


def test_what_is_left_is_told_roughly_at_another_tempo_until_that_one_is_measured() -> None:
    driver = Driver(PROGRAM, voice=(voice := HeldVoice()))
    at_hold(driver, 4000)
    before_ms = driver.moments[-1].left_ms
    driver.command(Command.SLOWER)
    driver.live.tell(driver.given, driver.moments.append)
    assert driver.moments[-1].left_ms == pytest.approx(before_ms, rel=0.3)
    voice.on.set()


def test_another_tempo_is_at_hand_before_it_is_asked_for() -> None:
    driver = Driver(PROGRAM)
    asked: list[float] = []
    session = Session(program=PROGRAM, pacing=Pacing(), phrases=english())

    def noted(pacing: Pacing) -> Player:
        asked.append(pacing.pace)
        return player_of(session, driver.voice, pacing)

    driver.live._tempi = tempi = Tempos(driver.live.player, noted)
    tempi.prepare(driver.live.player)
    assert asked == pytest.approx([1 / PACE_STEP, PACE_STEP])
    at_hold(driver, 4000)
    driver.command(Command.SLOWER)
    assert driver.live.player.pacing.pace == pytest.approx(1 / PACE_STEP)
    driver.command(Command.FASTER)
    assert driver.live.player.pacing == Pacing()
    assert len(asked) == 2


def test_who_measures_prepares_first() -> None:
    session = Session(program=PROGRAM, pacing=Pacing(), phrases=english())
    voice = LetterVoice()
    player = player_of(session, voice, session.pacing)
    slower = player_of(session, voice, Pacing(pace=0.9))
    voice.asked.clear()
    prepared: list[tuple[Player, int]] = []

    def prepare(each: Player) -> list[Player]:
        prepared.append((each, len(voice.asked)))
        return [slower]

    ahead = RemainingTime(player, voice, prepare)
    ahead.measure()
    assert prepared == [(player, 0)]
    assert ahead.from_ms(slower, 0) == ahead._guessed[slower.pacing][0]
