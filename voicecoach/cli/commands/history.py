"""`history`: the sessions that were played, as a table, as JSON, as a picture; or none of them any more."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated

import typer

from voicecoach.cli.arguments import AsJson
from voicecoach.cli.source_names import refuse_inputs
from voicecoach.cli.tables import columns
from voicecoach.cli.terminal import Terminal, can_be_asked, refuse_two
from voicecoach.errors import UsageError, plain
from voicecoach.history import PLAYING, STOPPED, History, SessionRecord
from voicecoach.paths import history_path
from voicecoach.remote.control import is_playing
from voicecoach.units import clock


def history(
    terminal: Terminal,
    as_json: AsJson = False,
    plot: Annotated[str, typer.Option(metavar="FILE", help="Draw pain and time: .svg or .png.")] = "",
    delete: Annotated[bool, typer.Option("--delete", help="Delete it; it is on this machine alone.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without being asked, as in a script.")] = False,
) -> None:
    """List the sessions that were played, and how far they came.

    \b
    voicecoach history
    voicecoach history --plot pain.svg
    """
    refuse_two({"--json": as_json, "--plot": plot, "--delete": delete})
    if yes and not delete:
        raise UsageError("--yes answers what --delete asks", "add --delete, or leave it out")
    kept = History(history_path(os.environ))
    if delete:
        _delete(kept, terminal, asks=not yes)
        return
    if plot:
        # Matplotlib is an extra; what names it is said before any work.
        from voicecoach.plot.target import check_picture_target

        check_picture_target(plot)
        refuse_inputs(plot)
    records = _settled(kept, terminal)
    if plot:
        # Matplotlib takes 0.3 s to load.
        from voicecoach.plot.history import draw_history

        draw_history(records, plot)
        terminal.result(plot)
    elif as_json:
        terminal.result(json.dumps({"schema": 1, "sessions": [asdict(each) for each in records]}))
    elif records:
        terminal.result(columns(_rows(records)))
    else:
        terminal.tell("No session was played yet.")


def _delete(kept: History, terminal: Terminal, *, asks: bool) -> None:
    """Delete the history once the person agrees; raises UsageError where nobody can be asked."""
    if asks and not can_be_asked():
        raise UsageError("--delete asks before it deletes, and there is nobody to ask", "add --yes")
    if asks and not terminal.ask(f"Delete {kept.path} for good? (y/N) ").lower().startswith("y"):
        terminal.tell("Nothing is deleted.")
        return
    terminal.tell(f"{kept.path} is deleted." if kept.delete() else "There is no history.")


def _settled(kept: History, terminal: Terminal) -> tuple[SessionRecord, ...]:
    """Return the records, with sessions that were killed as stopped, and tell of those that cannot be read."""
    records = kept.records()
    if kept.note:
        terminal.tell(kept.note)
    stale = any(each.state == PLAYING for each in records) and not is_playing()
    return tuple(replace(each, state=STOPPED) if stale and each.state == PLAYING else each for each in records)


def _rows(records: tuple[SessionRecord, ...]) -> Iterator[tuple[str, ...]]:
    yield "Started", "Program", "Played", "Exercises", "Ended", "Pain"
    for each in records:
        pains = ["-" if value is None else str(value) for value in (each.pain_before, each.pain_after)]
        pain = "" if pains == ["-", "-"] else " to ".join(pains)
        # Kept in universal time, told by the person's own clock.
        started = datetime.fromisoformat(each.started).astimezone().strftime("%Y-%m-%d %H:%M")
        done = f"{each.done} of {each.exercises}"
        yield started, plain(each.title), clock(each.done_ms), done, each.state, pain
