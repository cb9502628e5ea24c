"""The program's end of an engine's worker: one EngineError is made of whatever fails."""

from collections.abc import Mapping
from typing import Any

from voicecoach.engines.worker_main import SPEAK, VOICES
from voicecoach.errors import EngineError
from voicecoach.processes.child import ChildError, child_command
from voicecoach.processes.frames import FAILED, Frame
from voicecoach.processes.supervisor import Supervisor

FIRST_LIMIT_S = 6.0
"""A start and its first answer take 0.15 s; a cold disk and a busy machine are given forty times that."""

_HINT = "try again, or choose another voice with --voice"


class WorkerProcess(Supervisor):
    """The worker of an engine, started by its first question and anew after a failure. One thread at a time.

    `speaker` is the dotted name of the engine's `Speaker`, and what it is made of. One that hangs before
    its first answer would do so again: it is not started anew.
    """

    def __init__(
        self, engine: str, speaker: tuple[str, ...], command: tuple[str, ...] = (), first_limit_s: float = FIRST_LIMIT_S
    ) -> None:
        self._engine, self._first_limit_s = engine, first_limit_s
        command = command or child_command("voicecoach.engines.worker_main:run_worker", *speaker)
        super().__init__(command, first_limit_s)

    def voices(self, limit_s: float) -> list[tuple[str, str, str]]:
        """Return name, language and description of each voice; raises EngineError."""
        rows: list[tuple[str, str, str]] = self.ask(VOICES, {}, limit_s).fields["voices"]
        return rows

    def speak(self, text: str, voice: str, nominal_wpm: int, limit_s: float) -> tuple[int, bytes]:
        """Return what the speaker does, within `limit_s`; raises EngineError."""
        answer = self.ask(SPEAK, {"text": text, "voice": voice, "nominal_wpm": nominal_wpm}, limit_s)
        return answer.fields["rate_hz"], answer.payload

    def ask(self, kind: str, fields: Mapping[str, Any], limit_s: float) -> Frame:
        """Return the answer to a request; raises EngineError after `limit_s` at most.

        The first request of a process has the time of its start besides.
        """
        first_s = max(limit_s, self._first_limit_s)
        try:
            answer = self.use(lambda child: child.ask(kind, fields, limit_s if child.has_answered else first_s))
        except ChildError as error:
            raise EngineError(f"the speech engine {self._engine} {error}", _HINT) from None
        if answer.kind == FAILED:
            raise EngineError(f"the speech engine {self._engine} refuses: {answer.fields['why']}")
        return answer
