"""The pacing flags: their help, and how their words become a `Pacing`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.errors import UsageError, did_you_mean, near_matches

if TYPE_CHECKING:
    from enum import StrEnum

    from voicecoach.model import Breathing, Override, Pacing

PACES = {"slow": 0.85, "normal": 1.0, "brisk": 1.15}
PATTERNS = {
    "off": (),
    "4-7-8": (4000, 8000, 7000, 0),
    "box": (4000, 4000, 4000, 4000),
}
"""Breaths with a name: milliseconds in, out, full and empty. Those with pauses serve breathing exercises."""

LIMITS = {
    "hold": (1000, 3_600_000, "1s to 1h"),
    "rest": (0, 600_000, "0s to 10m"),
    "reps": (1, 200, "1 to 200"),
    "sets": (1, 20, "1 to 20"),
    "lead-in": (3000, 600_000, "3s to 10m"),
    "switch": (3000, 600_000, "3s to 10m"),
    "fit": (60_000, 21_600_000, "1m to 6h, like 15m, 900s or 15:00"),
    "breath": (1000, 60_000, "1 to 60 seconds in and out, like 4-6"),
    "rate": (60, 400, "60 to 400"),
}
"""What a flag may be: least, most, and how to say so."""


PaceFlag = Annotated[str, typer.Option(metavar="PACE",
        help="slow, normal, brisk or 0.5 to 2.0: tempo of breath, movement, speech and unstated "
        "rests; never of a hold.")]  # fmt: skip
RateFlag = Annotated[str, typer.Option(metavar="WPM",
        help="Speaking rate in real words a minute; 130 x pace unless given.")]  # fmt: skip
HoldFlag = Annotated[list[str] | None, typer.Option(metavar="[NAME=]TIME",
        help="Hold so long, as 30s or 1m, or childs-pose=30s; may be given again.")]  # fmt: skip
RestFlag = Annotated[list[str] | None, typer.Option(metavar="[NAME=]TIME",
        help="Rest so long between sets and after an exercise.")]  # fmt: skip
RepsFlag = Annotated[list[str] | None, typer.Option(metavar="[NAME=]N",
        help="So many repetitions, where an exercise has them.")]  # fmt: skip
SetsFlag = Annotated[list[str] | None, typer.Option(metavar="[NAME=]N",
        help="So many sets.")]  # fmt: skip
EffortFlag = Annotated[str, typer.Option(metavar="low|middle|high",
        help="Where to stand in a stated range; not beside --fit, which chooses it.")]  # fmt: skip
FitFlag = Annotated[str, typer.Option(metavar="TIME",
        help="Make the session so long, as 15m, 900s or 15:00, inside what is stated.")]  # fmt: skip
DetailFlag = Annotated[str, typer.Option(metavar="learn|full|brief|minimal",
        help="How much is explained; learn explains once.")]  # fmt: skip
CountFlag = Annotated[str, typer.Option(metavar="auto|every|last|tones|off",
        help="How holds are counted.")]  # fmt: skip
BreathFlag = Annotated[str, typer.Option(metavar="IN-OUT",
        help="Seconds of breath in and out, or off; 4-7-8 and box in breathing exercises.")]  # fmt: skip
LeadInFlag = Annotated[str, typer.Option("--lead-in", metavar="TIME",
        help="Time to get into a position.")]  # fmt: skip
SwitchFlag = Annotated[str, typer.Option(metavar="TIME", help="Time to change sides.")]  # fmt: skip


def pacing_from(
    *,
    pace: PaceFlag = "normal",
    rate: RateFlag = "",
    hold: HoldFlag = None,
    rest: RestFlag = None,
    reps: RepsFlag = None,
    sets: SetsFlag = None,
    effort: EffortFlag = "low",
    fit: FitFlag = "",
    detail: DetailFlag = "learn",
    count: CountFlag = "auto",
    breath: BreathFlag = "4-6",
    lead_in: LeadInFlag = "10s",
    switch: SwitchFlag = "6s",
    preset: frozenset[str] = frozenset(),
    given: frozenset[str] = frozenset(),
) -> "Pacing":
    """Return the pacing that the flags ask for; raises UsageError.

    Those that are `preset` and those `given` on the command line are wishes, and all others defaults.
    """
    from voicecoach.model import Count, Detail, Effort, Pacing
    from voicecoach.units import parse_ms

    asked, doses = preset | given, {"hold": hold, "rest": rest, "reps": reps, "sets": sets}
    effort, target = _one_share(effort, fit, asked, given)
    return Pacing(
        pace=_pace(pace),
        rate_wpm=_limited("rate", rate, _whole) if rate or "rate" in asked else None,
        overrides=_overrides(doses, preset),
        effort=Effort(_one_of("effort", effort, Effort)),
        detail=Detail(_one_of("detail", detail, Detail)),
        count=Count(_one_of("count", count, Count)),
        breath=_breathing(breath),
        lead_in_ms=_limited("lead-in", lead_in, parse_ms),
        lead_in_given="lead_in" in asked,
        switch_ms=_limited("switch", switch, parse_ms),
        fit_ms=_limited("fit", target, _with_unit) if target is not None else None,
    )


def _one_share(effort: str, fit: str, asked: frozenset[str], given: frozenset[str]) -> tuple[str, str | None]:
    """Return the effort and the target length, as one alone chooses where in a stated range to stand.

    A flag is over a setting, and a target over an effort. Raises UsageError where both are flags.
    """
    if {"effort", "fit"} <= given:
        raise UsageError("--effort: --fit chooses where in a stated range to stand", "leave out --effort")
    if "effort" in given or not (fit or "fit" in asked):
        return effort, None
    return "low", fit


def can_be_given(pacing: "Pacing") -> bool:
    """Whether every value of a pacing from elsewhere is one that flags, or a target length, can bring about.

    Raises LookupError or TypeError where one is no such thing at all.
    """
    from voicecoach.model import FASTEST, SLOWEST

    breath, fitted = pacing.breath, pacing.fitted
    where_any: list[tuple[str, object]] = [("rate", pacing.rate_wpm), ("fit", pacing.fit_ms)]
    limited = [
        ("lead-in", pacing.lead_in_ms),
        ("switch", pacing.switch_ms),
        *((each.field, each.value) for each in pacing.overrides),
        *(("breath", ms) for ms in ((breath.in_ms, breath.out_ms) if breath else ())),
        *(("breath", ms) for ms in ((breath.full_ms, breath.empty_ms) if breath else ()) if ms),
        *(("rest", each.rest_ms) for each in (fitted,) if each),
        *((flag, value) for flag, value in where_any if value is not None),
    ]
    shares = (fitted.share, abs(fitted.fill), *dict(fitted.nudges).values()) if fitted else ()
    return (
        type(pacing.pace) in {int, float}
        and SLOWEST <= pacing.pace <= FASTEST
        and all(
            isinstance(each, int) and LIMITS[flag][0] <= each <= LIMITS[flag][1] for flag, each in limited
        )
        and all(0 <= round(share, 6) <= 1 for share in shares)
        and all(isinstance(each.exercise, str) for each in pacing.overrides)
    )


def _pace(text: str) -> float:
    from voicecoach.model import FASTEST, SLOWEST

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


def _overrides(given: dict[str, list[str] | None], preset: frozenset[str]) -> "tuple[Override, ...]":
    from voicecoach.cli.standing import Standing
    from voicecoach.model import Override

    overrides = [
        _override(field, text, Standing if field in preset else Override)
        for field, texts in given.items()
        for text in texts or ()
    ]
    meant: dict[tuple[str, str], int] = {}
    for each in overrides:
        if meant.setdefault((each.field, each.exercise.lower()), each.value) != each.value:
            of = f" of {each.exercise}" if each.exercise else ""
            raise UsageError(f"--{each.field}{of} is given twice, with two values", "leave one out")
    return tuple(overrides)


def _override(field: str, text: str, kind: "type[Override]") -> "Override":
    from voicecoach.units import parse_ms

    name, named, value = text.rpartition("=")
    if named and not name.strip():
        raise UsageError(f'--{field}: "{text}" names no exercise', f"write it before the =, or {value} alone")
    read: Callable[[str], int] = parse_ms if field in {"hold", "rest"} else _whole
    return kind(field, _limited(field, value, read), name.strip())


def _breathing(text: str) -> "Breathing | None":
    """Read `4-6`, `off`, or a pattern of breathing exercises."""
    from voicecoach.model import Breathing
    from voicecoach.units import parse_ms

    name = text.strip().lower()
    if name in PATTERNS:
        return Breathing(*PATTERNS[name]) if PATTERNS[name] else None
    parts = name.split("-")
    if len(parts) != 2:  # noqa: PLR2004 - in and out
        hint = did_you_mean(near_matches(name, PATTERNS)) if name.isalpha() else ""
        raise UsageError(f'--breath: "{text}" is no breath', hint or "write 4-6, off, 4-7-8 or box")
    in_ms, out_ms = (_limited("breath", part, parse_ms) for part in parts)
    return Breathing(in_ms, out_ms)


def _one_of(flag: str, text: str, choices: "type[StrEnum]") -> str:
    name = text.strip().lower()
    names = [choice.value for choice in choices]
    if name not in names:
        near = did_you_mean(near_matches(name, names))
        raise UsageError(f'--{flag}: there is no "{text}"', near or f"write {', '.join(names)}")
    return name


def _with_unit(text: str) -> int:
    from voicecoach.units import parse_ms

    return parse_ms(text, bare=False)


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
