"""`show`: one program, what it states, and what comes of that with the flags at hand."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Annotated, Any

import typer

from voicecoach.cli.arguments import AsJson, SessionName, VoiceName
from voicecoach.cli.sessions import load, open_speech, session_of
from voicecoach.cli.tables import columns, dose_object, prescription_words, stated_words
from voicecoach.cli.terminal import Terminal
from voicecoach.events import Filled
from voicecoach.knobs import knob_words
from voicecoach.languages import is_spoken
from voicecoach.model import Pacing, Program
from voicecoach.script.position_change import Changes, changes, suggested_order
from voicecoach.script.prescription import prescribe
from voicecoach.session import time_session
from voicecoach.units import clock

_DONE = ("sets", "reps", "hold_ms", "rest_ms", "breathing", "timed")
"""What is told of a prescription; `hold_ms` of a `timed` one is a stretch of movement."""


def show(
    session: SessionName, pacing: Pacing, terminal: Terminal, voice: VoiceName = "",
    order: Annotated[bool, typer.Option("--order",
        help="Suggest an order with the fewest changes of position.")] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show a program: exercises, doses, length, what is filled in.

    \b
    voicecoach show l5-s1-relief
    voicecoach show first-day --pace slow
    voicecoach show l5-s1-relief --order
    """
    program = load(session, terminal.tell, pacing.overrides)
    duration_ms: int | None = None
    if is_spoken(program.language):
        with open_speech(session_of(program, pacing, terminal), voice, terminal) as (fitted, speech):
            timeline = time_session(fitted, speech)
        pacing, filled, duration_ms = fitted.pacing, timeline.filled, timeline.duration_ms
    else:
        pacing = session_of(program, pacing, terminal, wordings="en").pacing
        filled = tuple(chain.from_iterable(prescribe(each, pacing).filled for each in program.exercises))
    if as_json:
        terminal.result_object(_program_object(program, pacing, filled, duration_ms, order=order))
    else:
        lines = _program_lines(program, pacing, filled, duration_ms)
        terminal.result("\n".join([*lines, *(_order_lines(program) if order else ())]))


def _program_lines(
    program: Program, pacing: Pacing, filled: Sequence[Filled], duration_ms: int | None
) -> Iterator[str]:
    """Yield a program, its doses, and what is `filled` in; one that cannot be spoken has no length."""
    silent = f"no length, as there are no cue wordings for the language {program.language} yet"
    yield f"{program.title} - {silent if duration_ms is None else f'{clock(duration_ms)} at this pace'}"
    if program.intro:
        yield program.intro
    turned = [words for words in knob_words(pacing) if words not in knob_words(Pacing())]
    if turned:
        yield f"With {', '.join(turned)}"
    yield ""
    rows = [
        (str(number), each.name, each.posture or "", stated_words(each),
         prescription_words(each, prescribe(each, pacing)))
        for number, each in enumerate(program.exercises, 1)
    ]  # fmt: skip
    yield columns([("", "Exercise", "Posture", "Stated", "Done here"), *rows])
    if filled:
        yield ""
        yield "Filled in, or made even:"
        yield from (f"  {each.exercise}: {each.field} {each.value}" for each in filled)


def _program_object(
    program: Program, pacing: Pacing, filled: Sequence[Filled], duration_ms: int | None, *, order: bool
) -> dict[str, Any]:
    suggested = {"order": [place + 1 for place in suggested_order(program.exercises)]} if order else {}
    return {
        "schema": 1, "title": program.title, "language": program.language, "duration_ms": duration_ms,
        "pacing": list(knob_words(pacing)),
        "exercises": [
            {"name": each.name, "key": each.key or None, "posture": each.posture, "sides": each.sides,
             "stated": dose_object(each.dose), "done": {name: getattr(prescribe(each, pacing), name) for name in _DONE}}
            for each in program.exercises
        ],
        "filled": [each._asdict() for each in filled],
        **suggested,
    }  # fmt: skip


def _order_lines(program: Program) -> Iterator[str]:
    """Yield the order with the fewest changes of position, as a suggestion, or that it is this one."""
    order = suggested_order(program.exercises)
    now, then = changes(program.exercises), changes(tuple(program.exercises[place] for place in order))
    yield ""
    if now == then:
        yield "Order: no other has fewer changes of position."
    else:
        yield f"An order with {_change_words(then)} instead of {_change_words(now)}:"
        yield columns((str(place + 1), program.exercises[place].name) for place in order)


def _change_words(count: Changes) -> str:
    noun = "change" if count.positions == 1 else "changes"
    return f"{count.positions} {noun} of position ({count.levels} down or up)"
