"""A live session driven by hand: samples are taken one stretch at a time, and commands come in between."""

from collections.abc import Callable, Iterator

import numpy as np

from tests.fakes import LetterVoice, english
from voicecoach.audio import RATE_HZ, Pcm
from voicecoach.coach import player_of
from voicecoach.events import Utterance
from voicecoach.live.session import Live
from voicecoach.model import Pacing, Program
from voicecoach.player.commands import Command, Moment
from voicecoach.session import Session


class Driver:
    """Takes sound from a `Live` as a device would, and gives it commands at exact samples."""

    def __init__(
        self,
        program: Program,
        pacing: Pacing | None = None,
        *,
        waits: bool = False,
        voice: LetterVoice | None = None,
        measured: bool = True,
    ) -> None:
        self.voice = voice or LetterVoice()
        session = Session(program=program, pacing=pacing or Pacing(), phrases=english())
        player = player_of(session, self.voice, session.pacing)
        self.live = Live(
            player,
            self.voice,
            Utterance("Sorry.", 130),
            lambda pacing: player_of(session, self.voice, pacing),
            waits=waits,
        )
        if measured:
            self.live.ahead.measure()
        self.given = 0
        self.moments: list[Moment] = []
        self._blocks: Iterator[Pcm] = self.live.blocks()
        self._left = np.zeros(0, np.int16)

    def take_ms(self, ms: int) -> Pcm:
        """Take that much sound, or what is left of the session."""
        wanted, parts = ms * RATE_HZ // 1000, [self._left]
        while sum(map(len, parts)) < wanted:
            block = next(self._blocks, None)
            if block is None:
                break
            parts.append(block)
        sound = np.concatenate(parts)
        self._left = sound[wanted:]
        taken = sound[:wanted]
        self.given += len(taken)
        self.live.tell(self.given, self.moments.append)
        return taken

    def command(self, command: Command) -> None:
        """Give a command at the sample that has been reached."""

        def steer(turned: Callable[[int], Iterator[Pcm]]) -> None:
            self._left = np.zeros(0, np.int16)
            self._blocks = turned(self.given)

        self.live.command(command, steer)

    def to_end(self, limit_ms: int = 7_200_000) -> None:
        """Take all that is left."""
        while self.given * 1000 // RATE_HZ < limit_ms:
            if not len(self.take_ms(5000)):
                return
        raise AssertionError("the session does not end")

    @property
    def position_ms(self) -> int:
        return self.given * 1000 // RATE_HZ
