"""Playing live: what the person sees while the coach speaks, and what is said when they stop it."""

from typing import TYPE_CHECKING

from voicecoach import coach
from voicecoach.cli.display import show_for
from voicecoach.cli.remarks import starting_at
from voicecoach.cli.run import Stopped
from voicecoach.cli.sessions import spoken
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session
from voicecoach.printed import where_words
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.live.session import Moment


def play_live(session: Session, start: str, voice: str, output: str, terminal: Terminal) -> None:
    """Play a session to the sink named `output`, showing where it is, until its end or until stopped."""
    from voicecoach.sinks.table import open_sink

    session = starting_at(session, start)
    sink = open_sink(output)
    last: Moment | None = None
    with spoken(session, voice, terminal) as (fitted, speech):
        try:
            with show_for(terminal, fitted) as show:

                def follow(moment: "Moment") -> None:
                    nonlocal last
                    last = moment
                    show(moment)

                timeline = coach.play(fitted, speech, sink, follow)
        except Stopped:
            terminal.tell(_stopped_at(last))
            raise
    terminal.tell(f"Done: {session.program.title}, {clock(timeline.duration_ms)}.")
    if terminal.verbose:
        terminal.tell(f"Sound that was late: {getattr(sink, 'late', 0)} samples.")


def _stopped_at(last: "Moment | None") -> str:
    """Return where a session was stopped, in a sentence."""
    if last is None:
        return "Stopped before the first word."
    where = where_words(last.now.slot.where)
    return f"Stopped at {clock(last.position_ms)}" + (f", in {where}." if where else ".")
