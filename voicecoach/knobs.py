"""The knobs of a session, one row each, which flags, settings, `--resume`, completion, `show` and the docs read.

A new knob is a row here, its field in `model.Pacing`, and what it does in a session.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from voicecoach.errors import UsageError, VoicecoachError, misspelt, plain
from voicecoach.model import FASTEST, SLOWEST, Breathing, Count, Detail, Effort, Pacing
from voicecoach.units import compose_ms, parse_ms

PACES = {"slow": 0.85, "normal": 1.0, "brisk": 1.15}
BREATHS = {"off": None, "4-7-8": Breathing(4000, 8000, 7000, 0), "box": Breathing(4000, 4000, 4000, 4000)}
"""Breaths with a name. Those with pauses serve breathing exercises."""


class Knob(NamedTuple):
    """A flag by its long name without dashes, and the `field` of `Pacing` that it sets.

    The flag of a dose sets no field of its own, but an `Override` of all exercises or of one. `said` is how
    to say what the flag may be, `offered` what a shell offers to write, `touches` what it changes.
    `default` is what holds unless the flag is given, as it would be written; nothing where there is none.
    `read` raises ValueError for what it cannot read, or VoicecoachError where it knows better what to write.
    """

    flag: str
    field: str
    metavar: str
    help: str
    touches: str
    read: Callable[[str], Any]
    said: str = ""
    default: str = ""
    limits: tuple[float, float] | None = None
    offered: tuple[str, ...] = ()
    compose: Callable[[Any], str] = str
    restore: Callable[[Any], Any] = lambda value: value
    numbers: Callable[[Any], Iterable[object]] = lambda value: (value,)

    @property
    def name(self) -> str:
        """The flag as Python names it: `lead_in`."""
        return self.flag.replace("-", "_")

    @property
    def is_dose(self) -> bool:
        """Whether it can be given for one exercise, and more than once."""
        return self.field == "overrides"

    def parse(self, text: str) -> Any:  # noqa: ANN401 - each knob has a type of its own
        """Read what a person wrote; raises UsageError."""
        what, hint = f"{plain(text)} is out of reach", f"write {self.said}"
        try:
            value = self.read(text)
            if self.takes(value):
                return value
        except VoicecoachError as error:
            what, hint = error.what, error.hint
        except ValueError:
            what = f'"{plain(text)}" cannot be read'
        raise UsageError(f"--{self.flag}: {what}", hint)

    def takes(self, value: Any) -> bool:  # noqa: ANN401 - it may come from a damaged file
        """Whether a value is one that the flag can bring about; raises where it is no such thing at all."""
        if value is None:
            return not self.default or "off" in self.offered
        if self.limits is None:
            return self.compose(value) in self.offered
        least, most = self.limits
        # True and False are numbers to Python, and NaN is within no limits.
        return all(type(each) in {int, float} and least <= each <= most for each in self.numbers(value))  # type: ignore[operator]

    def words(self, pacing: Pacing) -> Iterator[str]:
        """Yield what a pacing says of this knob: "pace 0.85", "hold 20s for Child's pose"."""
        if self.is_dose:
            for each in pacing.overrides:
                if each.field == self.flag:
                    whose = f" for {plain(each.exercise)}" if each.exercise else ""
                    yield f"{self.flag} {self.compose(each.value)}{whose}"
        elif (value := getattr(pacing, self.field)) is not None or self.default:
            yield f"{self.flag} {self.compose(value)}"


def _read_pace(text: str) -> float:
    try:
        return PACES.get(text.strip().lower()) or float(text)
    except ValueError:
        raise misspelt(f'"{plain(text)}" is no pace', text, PACES, f"write {_PACE_SAID}") from None


def _read_count(text: str) -> int:
    if not (text.isascii() and text.strip().isdigit()):
        raise ValueError(text)
    return int(text)


def _read_breath(text: str) -> Breathing | None:
    name = text.strip().lower()
    if name in BREATHS:
        return BREATHS[name]
    parts = name.split("-")
    if len(parts) != 2:  # noqa: PLR2004 - in and out
        words = BREATHS if name.isalpha() else ()
        raise misspelt(f'"{plain(text)}" is no breath', name, words, "write 4-6, off, 4-7-8 or box")
    return Breathing(parse_ms(parts[0]), parse_ms(parts[1]))


def _compose_breath(breath: Breathing | None) -> str:
    named = next((name for name, each in BREATHS.items() if each == breath), "")
    return named or "-".join(f"{ms / 1000:g}" for ms in _breath_parts(breath) if ms)


def _breath_parts(breath: Breathing | None) -> tuple[int, ...]:
    """Return all parts that a breath has: in and out it always has, pauses only where they last."""
    if breath is None:
        return ()
    parts = (breath.in_ms, breath.full_ms, breath.out_ms, breath.empty_ms)
    return tuple(ms for place, ms in enumerate(parts) if ms or place % 2 == 0)


def _choice(kind: type[StrEnum]) -> dict[str, Any]:
    """Return what a knob has that is one word of several."""
    names = tuple(each.value for each in kind)

    def read(text: str) -> StrEnum:
        name = text.strip().lower()
        if name not in names:
            raise misspelt(f'there is no "{plain(text)}"', name, names)
        return kind(name)

    return {"metavar": "|".join(names), "read": read, "offered": names, "restore": kind}


_PACE_SAID = f"slow, normal, brisk or {SLOWEST} to {FASTEST}"
_TIME: dict[str, Any] = {"read": parse_ms, "compose": compose_ms}

KNOBS = (
    Knob(flag="pace", field="pace", metavar="PACE", default="normal", read=_read_pace, compose="{:g}".format,
         said=_PACE_SAID, limits=(SLOWEST, FASTEST), offered=tuple(PACES),
         help="slow, normal, brisk or 0.5 to 2.0: tempo of breath, movement, speech and unstated rests; never "
         "of a hold.",
         touches="breath, movements (stated ones, too), speech, unstated rests, lead-ins"),
    Knob(flag="rate", field="rate_wpm", metavar="WPM", read=_read_count,
         said="60 to 400", limits=(60, 400), offered=("110", "130", "150"),
         help="Speaking rate in real words a minute; 130 x pace unless given.", touches="speech"),
    Knob(flag="hold", metavar="[NAME=]TIME", field="overrides", **_TIME,
         said="1s to 1h", limits=(1000, 3_600_000), offered=("10s", "20s", "30s"),
         help="Hold so long, as 30s or 1m, or childs-pose=30s; may be given again.",
         touches="holds, of exercises that state one"),
    Knob(flag="rest", metavar="[NAME=]TIME", field="overrides", **_TIME,
         said="0s to 10m", limits=(0, 600_000), offered=("15s", "30s", "60s"),
         help="Rest so long between sets and after an exercise.", touches="rests, stated or not"),
    Knob(flag="reps", metavar="[NAME=]N", field="overrides", read=_read_count,
         said="1 to 200", limits=(1, 200), offered=("5", "10", "15"),
         help="So many repetitions, where an exercise has them.", touches="repetitions, of exercises that state them"),
    Knob(flag="sets", metavar="[NAME=]N", field="overrides", read=_read_count,
         said="1 to 20", limits=(1, 20), offered=("1", "2", "3"),
         help="So many sets.", touches="sets, stated or not"),
    Knob(flag="effort", field="effort", **_choice(Effort), default="low",
         help="Where to stand in a stated range; not beside --fit, which chooses it.",
         touches="doses that are stated as a range"),
    Knob(flag="fit", field="fit_ms", metavar="TIME", read=partial(parse_ms, bare=False), compose=compose_ms,
         said="1m to 6h, like 15m, 900s or 15:00", limits=(60_000, 21_600_000), offered=("15m", "30m", "45m"),
         help="Make the session so long, as 15m, 900s or 15:00, inside what is stated.",
         touches="unstated rests and lead-ins, then doses inside their ranges"),
    Knob(flag="detail", field="detail", **_choice(Detail), default="learn",
         help="How much is explained; learn explains once.",
         touches="positions, steps, mistakes and tips that are said"),
    Knob(flag="count", field="count", **_choice(Count), default="auto",
         help="How holds are counted.", touches="numbers and tones in holds"),
    Knob(flag="breath", field="breath", metavar="IN-OUT", default="4-6", read=_read_breath, compose=_compose_breath,
         restore=lambda kept: Breathing(**kept) if kept else None, numbers=_breath_parts,
         said="1 to 60 seconds in and out, like 4-6", limits=(1000, 60_000), offered=("4-6", *BREATHS),
         help="Seconds of breath in and out, or off; 4-7-8 and box in breathing exercises.",
         touches="breaths that are prompted"),
    Knob(flag="lead-in", field="lead_in_ms", metavar="TIME", **_TIME, default="10s",
         said="3s to 10m", limits=(3000, 600_000), offered=("5s", "10s", "20s"),
         help="Time to get into a position.", touches="the time before an exercise"),
    Knob(flag="switch", field="switch_ms", metavar="TIME", **_TIME, default="6s",
         said="3s to 10m", limits=(3000, 600_000), offered=("4s", "6s", "10s"),
         help="Time to change sides.", touches="the time between sides"),
)  # fmt: skip
"""All knobs, in the order of the help."""

KNOB_OF = {knob.flag: knob for knob in KNOBS}
"""Each knob by its flag."""


def knob_words(pacing: Pacing) -> tuple[str, ...]:
    """Return a pacing in words, a few for each knob that says something."""
    return tuple(words for knob in KNOBS for words in knob.words(pacing))


def can_be_given(pacing: Pacing) -> bool:
    """Whether flags, or a target length, can bring a pacing about; raises LookupError, TypeError or AttributeError."""
    given = [knob.takes(getattr(pacing, knob.field)) for knob in KNOBS if not knob.is_dose]
    for each in pacing.overrides:
        knob = KNOB_OF[each.field]
        given += [knob.is_dose, isinstance(each.value, int), isinstance(each.exercise, str), knob.takes(each.value)]
    if fitted := pacing.fitted:
        shares = (fitted.share, abs(fitted.fill), *dict(fitted.nudges).values())
        given += [KNOB_OF["rest"].takes(fitted.rest_ms), *(0 <= round(share, 6) <= 1 for share in shares)]
    return all(given)
