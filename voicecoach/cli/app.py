"""The commands: each reads its arguments, calls one use case and prints."""

import json
import sys
from typing import Annotated

import typer

from voicecoach import __version__
from voicecoach.cli.command import SETTINGS, command
from voicecoach.cli.config import config
from voicecoach.cli.config_settings import NOTHING_SET, Settings
from voicecoach.cli.flags import pacing_from
from voicecoach.cli.sessions import session_for, session_names, spoken
from voicecoach.cli.terminal import Terminal, terminal_for
from voicecoach.errors import UsageError
from voicecoach.model import Pacing

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _names(incomplete: str) -> list[str]:
    return [name for name in session_names() if name.startswith(incomplete)]


def _commands(incomplete: str) -> list[str]:
    from voicecoach.player import Command

    return [word for word in (*Command, "status") if word.startswith(incomplete)]


SessionName = Annotated[str, typer.Argument(metavar="SESSION", autocompletion=_names,
    help="A library name, a program file, or - for standard input.")]  # fmt: skip
VoiceName = Annotated[str, typer.Option(metavar="VOICE", help="Who speaks; `voicecoach voices` lists them.")]


@app.callback(invoke_without_command=True)
def everywhere(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Lines and no bars, for screen readers.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more about what happens.")] = False,
) -> None:  # fmt: skip
    """Coach exercises by voice: steps become timed, spoken sessions, offline.

    \b
    voicecoach list                           what there is to play
    voicecoach play first-day                 a spoken session, hands-free
    voicecoach export l5-s1-relief -o a.mp3   the same as a file
    voicecoach play core-day --pace slow --hold 10s

    The three last flags stand before or after a command.
    """
    if version:
        typer.echo(f"voicecoach {__version__}")
        raise typer.Exit
    settings = ctx.obj if isinstance(ctx.obj, Settings) else NOTHING_SET
    ctx.meta[SETTINGS] = settings
    ctx.obj = terminal_for(plain=plain, verbose=verbose, words=settings.words)


@command(app, name="list")
def list_library(terminal: Terminal) -> None:
    """Show the library: its programs and its exercises."""
    from voicecoach.cli.tables import library_lines

    for line in library_lines():
        terminal.result(line)


@command(app, pacing=pacing_from)
def show(
    session: SessionName,
    pacing: Pacing,
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
    from voicecoach import coach
    from voicecoach.cli.tables import order_lines, program_lines

    with spoken(session_for(session, pacing, terminal), voice, terminal) as (fitted, speech):
        timeline = coach.timed(fitted, speech)
    suggested = order_lines(fitted.program) if order else ()
    for line in (*program_lines(fitted, timeline), *suggested):
        terminal.result(line)


@command(app, pacing=pacing_from)
def script(
    session: SessionName,
    pacing: Pacing,
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
    from voicecoach import coach, printed
    from voicecoach.plot import check_target, draw

    if plot is not None:
        check_target(plot)
    with spoken(session_for(session, pacing, terminal), voice, terminal) as (fitted, speech):
        timeline = coach.timed(fitted, speech)
        rate_wpm, _ = coach.speaking_rate(pacing, speech)
        if plot is not None:
            draw(timeline, fitted.pacing, speech.voice.name, rate_wpm, plot)
            terminal.tell(f"Drawn: {plot}")
        if as_json:
            whole = printed.as_object(timeline, fitted.pacing, speech.voice.name, speech.rate_hz)
            terminal.result(json.dumps(whole, ensure_ascii=False))
            return
        for line in printed.as_text(timeline, speech.voice.name, rate_wpm):
            terminal.result(line)


@command(app, pacing=pacing_from)
def play(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", autocompletion=_names,
        help="A library name, a program file, or - for standard input; with --resume the last one.")] = "",
    *,
    pacing: Pacing,
    terminal: Terminal,
    voice: VoiceName = "",
    start: Annotated[str, typer.Option("--from", metavar="N|NAME", help="Start at this exercise.")] = "1",
    output: Annotated[
        str, typer.Option(metavar="auto|miniaudio|null", help="Where the sound goes.")
    ] = "auto",
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
    """
    from voicecoach.cli.live import Wish, play_live
    from voicecoach.cli.memory import resumed

    if resume:
        session, pacing, voice, start = resumed(session)
    elif not session:
        raise UsageError("there is no session to play", "name one; `voicecoach list` shows the library")
    wish = Wish(source=session, start=start, voice=voice, output=output, waits=wait, asks_pain=ask_pain)
    play_live(session_for(session, pacing, terminal), wish, terminal)


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
    from voicecoach.cli.steering import steer

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

    show_history(terminal, as_json=as_json, plot=plot, delete=delete)


@command(app, pacing=pacing_from)
def export(
    session: SessionName,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The file to write: .mp3 or .wav.")
    ],
    pacing: Pacing,
    terminal: Terminal,
    voice: VoiceName = "",
) -> None:
    """Write a session to an MP3 or WAV file.

    \b
    voicecoach export l5-s1-relief -o back.mp3
    voicecoach export first-day -o first-day.wav --pace slow
    """
    from voicecoach.cli.saving import export_file

    export_file(lambda: session_for(session, pacing, terminal), output, voice, terminal)


@command(app)
def check(
    terminal: Terminal,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE...",
        help="Program files; - is standard input.")] = None,
    schema: Annotated[bool, typer.Option("--schema",
        help="Print the JSON Schema of a program file, for editors.")] = False,
) -> None:  # fmt: skip
    """Validate program files: every problem, with line and column.

    \b
    voicecoach check my-program.yaml
    voicecoach check --schema > program.schema.json
    """
    from voicecoach.cli.checking import check_files, print_schema

    sys.exit((print_schema if schema else check_files)(files or [], terminal))


@command(app)
def voices(
    terminal: Terminal,
    language: Annotated[str, typer.Option(metavar="TAG", help="Only voices of this language, like en.")] = "",
) -> None:
    """List the voices that can speak."""
    from voicecoach.cli.tables import voice_lines

    for line in voice_lines(language):
        terminal.result(line)


@command(app, despite_faults=True)
def doctor(
    terminal: Terminal,
    checks: Annotated[list[str] | None, typer.Argument(metavar="[CHECK...]",
        help="Only these: python, config, engine, voices, audio, cache, formats.")] = None,
) -> None:  # fmt: skip
    """Say what works on this machine, and how to mend what does not.

    Exits with 1 if anything does not work.
    """
    from voicecoach.cli.doctor import examine

    sys.exit(examine(checks or [], terminal))


command(app, despite_faults=True)(config)
