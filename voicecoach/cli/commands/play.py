"""`play`: a session that is heard."""

from typing import Annotated

import typer

from voicecoach.cli.arguments import Device, Output, Start, VoiceName, complete_session
from voicecoach.cli.sessions import session_for
from voicecoach.cli.source_names import PAGES
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError
from voicecoach.model import Pacing


def play(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", autocompletion=complete_session,
        help=f"A library name, a program file, a page {PAGES}, or - for standard input; with --resume "
        "the last one.")] = "",
    *,
    pacing: Pacing, terminal: Terminal, given: frozenset[str],
    voice: VoiceName = "", start: Start = "1", output: Output = "auto", device: Device = "",
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
    # It plays by NumPy (120 ms), which the help and the settings do without.
    from voicecoach.cli.live_session import play_live
    from voicecoach.cli.memory import Wish, find_resumption

    wish = Wish(session, start, voice, output, device, waits=wait, asks_pain=ask_pain)
    if resume:
        play_live(*find_resumption(wish, pacing, given, terminal), terminal)
    elif session:
        play_live(session_for(session, pacing, terminal), wish, terminal)
    else:
        raise UsageError("there is no session to play", "name one; `voicecoach list` shows the library")
