"""`script`: the timed speech script of a session, for people, for programs, and as a picture."""

from typing import Annotated

import typer

from voicecoach.cli.arguments import AsJson, SessionName, VoiceName
from voicecoach.cli.sessions import open_speech, session_for
from voicecoach.cli.source_names import refuse_inputs
from voicecoach.cli.terminal import Terminal
from voicecoach.model import Pacing
from voicecoach.session import speaking_rate, time_session
from voicecoach.transcript import compose_lines, compose_object


def script(
    session: SessionName, pacing: Pacing, terminal: Terminal, voice: VoiceName = "", as_json: AsJson = False,
    plot: Annotated[str | None, typer.Option(metavar="FILE",
        help="Draw the session too, as an .svg or .png file.")] = None,
) -> None:  # fmt: skip
    """Print the timed script: the clock, the words, the chapters.

    \b
    voicecoach script lumbar-sacral
    voicecoach script lumbar-sacral --plot back.svg
    voicecoach script bird-dog --json | python -m json.tool
    """
    if plot is not None:
        # Matplotlib is an extra; what names it is said before any work.
        from voicecoach.plot.target import check_picture_target

        check_picture_target(plot)
        refuse_inputs(plot, session)
    with open_speech(session_for(session, pacing, terminal), voice, terminal) as (fitted, speech):
        timeline = time_session(fitted, speech)
        rate_wpm, _ = speaking_rate(pacing, speech)
        if plot is not None:
            # Matplotlib takes 0.3 s to load.
            from voicecoach.plot.session import draw_session

            draw_session(timeline, fitted.pacing, speech.voice.name, rate_wpm, plot)
            terminal.tell(f"Drawn: {plot}")
        if as_json:
            whole = compose_object(timeline, fitted.pacing, speech.voice.name, speech.rate_hz)
            terminal.result_object(whole)
        else:
            terminal.result("\n".join(compose_lines(timeline, speech.voice.name, rate_wpm)))
