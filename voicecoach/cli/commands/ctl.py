"""`ctl`: one word to the session that is playing, one line about it."""

import sys
from typing import Annotated

import typer

from voicecoach.cli.arguments import complete_words
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import NoSessionError, misspelt, plain
from voicecoach.player.commands import Command
from voicecoach.remote.control import ask
from voicecoach.units import clock

STATUS = "status"
WORDS = (*(each.value for each in Command), STATUS)


def ctl(
    word: Annotated[str, typer.Argument(metavar="COMMAND", autocompletion=complete_words(*WORDS),
        help="pause, resume, toggle, next, previous, repeat, skip, more, slower, faster, again, left, stop "
        "or status.")],
    terminal: Terminal,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
) -> None:  # fmt: skip
    """Steer the session that is playing, from elsewhere.

    That is another terminal, a script or another device.

    \b
    voicecoach ctl pause
    voicecoach ctl status --json

    Exits with 1 where no session is playing; then the state that `status --json` prints is "none".
    """
    name = word.lower()
    if name not in WORDS:
        raise misspelt(f'there is no command "{plain(word)}"', word, WORDS)
    try:
        answer = ask(name)
    except NoSessionError:
        if not as_json or name != STATUS:
            raise
        # Who asks every second for what to show wants an object each time, and no message.
        terminal.result_object({"ok": False, "state": "none"})
        sys.exit(1)
    if as_json:
        terminal.result_object(answer)
    else:
        terminal.result(_status_line(answer))


def _status_line(answer: dict[str, object]) -> str:
    place = answer.get("place") or answer.get("title")
    position_ms, left_ms = answer.get("position_ms"), answer.get("left_ms")
    at = clock(position_ms) if isinstance(position_ms, int) else ""
    left = f", about {clock(left_ms)[:-2]} left" if isinstance(left_ms, int) and left_ms else ""
    return f"{answer.get('state')}: {place}, {at}{left}"
