"""Sessions that are heard: play, ctl and history."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli.invocation import command
from voicecoach.cli.root import PAGES, Device, Output, VoiceName, app, session_completion
from voicecoach.cli.settings.knob_flags import pacing_from
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from voicecoach.model import Pacing


def _commands(incomplete: str) -> list[str]:
    from voicecoach.player import Command

    return [word for word in (*Command, "status") if word.startswith(incomplete)]


@command(app, pacing=pacing_from)
def play(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", autocompletion=session_completion,
        help=f"A library name, a program file, a page {PAGES}, or - for standard input; with --resume "
        "the last one.")] = "",
    *,
    pacing: "Pacing",
    terminal: Terminal,
    given: frozenset[str],
    voice: VoiceName = "",
    start: Annotated[str, typer.Option("--from", metavar="N|NAME", help="Start at this exercise.")] = "1",
    output: Output = "auto", device: Device = "",
    wait: Annotated[bool, typer.Option("--wait", help="Wait before each exercise until you say go.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the last session stopped.")] = False,
    ask_pain: Annotated[bool, typer.Option("--ask-pain",
        help="Ask before and after how much it hurts, for the history.")] = False,
) -> None:  # fmt: skip
    """Speak a session through the sound card, hands-free. Ctrl-C stops it.

    \b
    voicecoach play l5-s1-relief
    voicecoach play core-day --pace slow --from bird-dog
    voicecoach play my-program.yaml --hold 20s --rest 30s
    voicecoach play --resume

    Keys: space pause and resume, n next, p previous, r repeat, s skip the rest, m ten more seconds,
    - slower, + faster, a say that again, l how much is left, q stop. `voicecoach ctl` does the same from
    elsewhere.

    --resume keeps the voice and the pacing that the session had, save for the flags that you give now.
    """
    from voicecoach.cli.live_session import Wish, play_again, play_live
    from voicecoach.cli.sessions import session_for

    wish = Wish(session, start, voice, output, device, waits=wait, asks_pain=ask_pain)
    if resume:
        play_again(wish, pacing, given, terminal)
    elif session:
        play_live(session_for(session, pacing, terminal), wish, terminal)
    else:
        raise UsageError("there is no session to play", "name one; `voicecoach list` shows the library")


@command(app, despite_faults=True)
def ctl(
    word: Annotated[str, typer.Argument(metavar="COMMAND", autocompletion=_commands,
        help="pause, resume, toggle, next, previous, repeat, skip, more, slower, faster, again, left, stop "
        "or status.")],
    terminal: Terminal,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
) -> None:  # fmt: skip
    """Steer the session that is playing, from another terminal, a script or another device.

    \b
    voicecoach ctl pause
    voicecoach ctl status --json
    """
    from voicecoach.cli.commands.ctl import steer

    steer(word, terminal, as_json=as_json)


@command(app)
def history(
    terminal: Terminal,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    plot: Annotated[str, typer.Option(metavar="FILE", help="Draw pain and time: .svg or .png.")] = "",
    delete: Annotated[bool, typer.Option("--delete", help="Delete it; it is on this machine alone.")] = False,
) -> None:  # fmt: skip
    """List the sessions that were finished or stopped, with how far they came.

    \b
    voicecoach history
    voicecoach history --plot pain.svg
    """
    from voicecoach.cli.memory import show_history

    if as_json + bool(plot) + delete > 1:
        raise UsageError("--json, --plot and --delete are three different wishes", "give one of them")
    show_history(terminal, as_json=as_json, plot=plot, delete=delete)
