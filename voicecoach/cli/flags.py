"""The pacing flags: their help, and how their words become a `Pacing`."""

from collections.abc import Callable
from typing import Annotated

import typer

from voicecoach.errors import UsageError, did_you_mean, near_matches
from voicecoach.model import Override, Pacing
from voicecoach.units import parse_ms

PACES = {"slow": 0.85, "normal": 1.0, "brisk": 1.15}
SLOWEST, FASTEST = 0.5, 2.0

LIMITS = {
    "hold": (1000, 3_600_000, "1s to 1h"),
    "rest": (0, 600_000, "0s to 10m"),
    "reps": (1, 200, "1 to 200"),
    "sets": (1, 20, "1 to 20"),
    "lead-in": (1000, 600_000, "1s to 10m"),
    "switch": (1000, 600_000, "1s to 10m"),
    "rate": (60, 400, "60 to 400"),
}
"""What a flag may be: least, most, and how to say so."""


def pacing_from(
    *,
    pace: Annotated[str, typer.Option(metavar="PACE",
        help="slow, normal, brisk or 0.5 to 2.0: tempo of breath, movement, speech and rests that are not "
        "stated; never of a hold.")] = "normal",
    rate: Annotated[str, typer.Option(metavar="WPM",
        help="Speaking rate in real words a minute.  [default: 130 x pace]")] = "",
    hold: Annotated[list[str] | None, typer.Option(metavar="[NAME=]TIME",
        help="Hold so long, as 30s or 1m; childs-pose=30s for one exercise. May be given again.")] = None,
    rest: Annotated[list[str] | None, typer.Option(metavar="[NAME=]TIME",
        help="Rest so long between sets and after an exercise.")] = None,
    reps: Annotated[list[str] | None, typer.Option(metavar="[NAME=]N",
        help="So many repetitions, where an exercise has them.")] = None,
    sets: Annotated[list[str] | None, typer.Option(metavar="[NAME=]N",
        help="So many sets.")] = None,
) -> Pacing:  # fmt: skip
    """Return the pacing that the flags ask for; raises UsageError."""
    given = {"hold": hold, "rest": rest, "reps": reps, "sets": sets}
    return Pacing(
        pace=_pace(pace),
        rate_wpm=_limited("rate", rate, int) if rate else None,
        overrides=tuple(_override(field, text) for field, texts in given.items() for text in texts or ()),
    )


def _pace(text: str) -> float:
    try:
        pace = PACES.get(text.strip().lower()) or float(text)
    except ValueError:
        near = did_you_mean(near_matches(text, PACES))
        raise UsageError(
            f'--pace: "{text}" is no pace', near or "write slow, normal, brisk or 0.5 to 2.0"
        ) from None
    if not SLOWEST <= pace <= FASTEST:
        raise UsageError(
            f"--pace: {text} is out of reach", f"write slow, normal, brisk or {SLOWEST} to {FASTEST}"
        )
    return pace


def _override(field: str, text: str) -> Override:
    name, _, value = text.rpartition("=")
    read: Callable[[str], int] = parse_ms if field in {"hold", "rest"} else _whole
    return Override(field, _limited(field, value, read), name.strip())


def _limited(flag: str, text: str, read: Callable[[str], int]) -> int:
    least, most, said = LIMITS[flag]
    try:
        value = read(text)
    except ValueError:
        raise UsageError(f'--{flag}: "{text}" cannot be read', f"write {said}") from None
    if not least <= value <= most:
        raise UsageError(f"--{flag}: {text} is out of reach", f"write {said}")
    return value


def _whole(text: str) -> int:
    if not (text.isascii() and text.strip().isdigit()):
        raise ValueError(text)
    return int(text)
