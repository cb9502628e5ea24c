"""Steering a live session from outside: one word to it, one line about it."""

import json

from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, did_you_mean, near_matches
from voicecoach.player import Command
from voicecoach.units import clock


def steer(word: str, terminal: Terminal, *, as_json: bool) -> None:
    """Send a command to the session that is playing, and print where it is."""
    from voicecoach.remote.control import ask

    words = [*Command, "status"]
    if word.lower() not in words:
        near = did_you_mean(near_matches(word, words))
        raise UsageError(f'there is no command "{word}"', near or f"write {', '.join(words)}")
    answer = ask(word.lower())
    if as_json:
        terminal.result(json.dumps(answer, ensure_ascii=False))
        return
    place = answer.get("place") or answer.get("title")
    position_ms = answer.get("position_ms")
    at = clock(position_ms) if isinstance(position_ms, int) else ""
    left_ms = answer.get("left_ms")
    left = f", about {clock(left_ms)[:-2]} left" if isinstance(left_ms, int) and left_ms else ""
    terminal.result(f"{answer.get('state')}: {place}, {at}{left}")
