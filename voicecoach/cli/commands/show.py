"""What there is, and what it will be: list, show and script."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli.invocation import command
from voicecoach.cli.root import SessionName, VoiceName, app
from voicecoach.cli.settings.knob_flags import pacing_from
from voicecoach.cli.terminal import Terminal

if TYPE_CHECKING:
    from voicecoach.model import Pacing


@command(app, name="list")
def list_library(terminal: Terminal) -> None:
    """Show the library: its programs and its exercises."""
    from voicecoach.cli.tables import library_lines

    for line in library_lines():
        terminal.result(line)


@command(app, pacing=pacing_from)
def show(
    session: SessionName,
    pacing: "Pacing",
    terminal: Terminal,
    voice: VoiceName = "",
    order: Annotated[
        bool, typer.Option("--order", help="Suggest an order with the fewest changes of position.")
    ] = False,
) -> None:
    """Show one program: its exercises, their doses, its length, and what is filled in.

    \b
    voicecoach show l5-s1-relief
    voicecoach show first-day --pace slow
    voicecoach show l5-s1-relief --order
    """
    from voicecoach.cli.sessions import load, session_of, spoken
    from voicecoach.cli.tables import order_lines, program_lines, unspoken_lines
    from voicecoach.languages import is_spoken
    from voicecoach.session import time_session

    program = load(session, terminal.tell, pacing.overrides)
    if is_spoken(program.language):
        with spoken(session_of(program, pacing, terminal), voice, terminal) as (fitted, speech):
            timeline = time_session(fitted, speech)
        lines = program_lines(program, fitted.pacing, timeline.filled, timeline.duration_ms)
    else:
        silent = session_of(program, pacing, terminal, wordings="en")
        lines = unspoken_lines(program, silent.pacing)
    for line in (*lines, *(order_lines(program) if order else ())):
        terminal.result(line)


@command(app, pacing=pacing_from)
def script(
    session: SessionName,
    pacing: "Pacing",
    terminal: Terminal,
    voice: VoiceName = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    plot: Annotated[
        str | None, typer.Option(metavar="FILE", help="Draw the session too, as an .svg or .png file.")
    ] = None,
) -> None:
    """Print the timed speech script: the clock, who says what, the chapters.

    \b
    voicecoach script lumbar-sacral
    voicecoach script lumbar-sacral --plot back.svg
    voicecoach script bird-dog --json | python -m json.tool
    """
    from voicecoach import transcript
    from voicecoach.cli.sessions import session_for, spoken
    from voicecoach.session import speaking_rate, time_session

    if plot is not None:
        from voicecoach.plot.target import check_picture_target

        check_picture_target(plot)
    with spoken(session_for(session, pacing, terminal), voice, terminal) as (fitted, speech):
        timeline = time_session(fitted, speech)
        rate_wpm, _ = speaking_rate(pacing, speech)
        if plot is not None:
            from voicecoach.plot.session import draw_session

            draw_session(timeline, fitted.pacing, speech.voice.name, rate_wpm, plot)
            terminal.tell(f"Drawn: {plot}")
        if as_json:
            import json

            whole = transcript.compose_object(timeline, fitted.pacing, speech.voice.name, speech.rate_hz)
            terminal.result(json.dumps(whole, ensure_ascii=False))
            return
        for line in transcript.compose_lines(timeline, speech.voice.name, rate_wpm):
            terminal.result(line)
