"""Milliseconds, samples and ranges: the only place where time is rounded or read from text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

RATE_HZ = 22_050
"""The rate of a session, which is what espeak-ng speaks at."""
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

_SECONDS = {"s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
            "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
            "h": 3600, "hour": 3600, "hours": 3600}  # fmt: skip
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_ONE_UNIT = re.compile(r"[\d.\s]+([a-z]+)", re.ASCII)
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
_OPEN = "up to "
_CITED = 40


@dataclass(frozen=True, slots=True)
class Range:
    """What an article states: `lo` to `hi`, in milliseconds for times and plain for counts.

    An `open_end` ("up to 90 seconds") is an upper bound: `lo` equals `hi`, and stopping earlier is fine.
    """

    lo: int
    hi: int
    open_end: bool = False

    def __contains__(self, value: int) -> bool:
        return value <= self.hi and (self.open_end or self.lo <= value)


def ms_to_samples(ms: int, rate_hz: int) -> int:
    """Convert a position in milliseconds to the nearest sample."""
    return (ms * rate_hz + 500) // 1000


def samples_to_ms(samples: int, rate_hz: int) -> int:
    """Convert a position in samples to the nearest millisecond."""
    return (samples * 1000 + rate_hz // 2) // rate_hz


def length_ms(samples: int, rate_hz: int) -> int:
    """Return how many whole milliseconds hold that many samples: rounded up, so that nothing is cut."""
    return -(-samples * 1000 // rate_hz)


def scaled(ms: int, factor: float) -> int:
    """Return `ms` times `factor`, to the nearest millisecond."""
    return round(ms * factor)


def parse_ms(text: str, *, bare: bool = True) -> int:
    """Read `30s`, `1m`, `1m30s`, `1.5 min`, `15:00` or, where `bare` allows it, `30` as milliseconds.

    Raises ValueError with what is wrong.
    """
    spoken = text.strip().lower()
    if _CLOCK.fullmatch(spoken):
        return reduce(lambda above, field: above * 60 + int(field), spoken.split(":"), 0) * 1000
    parts = list(_PART.finditer(spoken))
    if not parts or _PART.sub("", spoken).strip():
        raise ValueError(f"{_cited(text)} is not a time like 30s, 1m or 1m30s")
    if not all(part[2] in _SECONDS or (bare and len(parts) == 1 and not part[2]) for part in parts):
        raise ValueError(f"{_cited(text)} is not a time with a unit, like 30s or 15m")
    return sum(round(float(part[1]) * 1000 * _SECONDS.get(part[2], 1)) for part in parts)


def parse_time_range(text: str, *, bare: bool = True) -> Range:
    """Read `20-30s`, `30s`, `20 s to 1 min` or `up to 90s` as a range in milliseconds.

    A bare number is seconds, unless `bare` is false. Raises ValueError with what is wrong.
    """
    lo_text, hi_text, open_end = _split(text)
    unit = _ONE_UNIT.fullmatch(hi_text)
    if unit and _is_bare(lo_text):
        lo_text += unit[1]  # "20-30 s": the first number has the unit of the second
    try:
        span = Range(parse_ms(lo_text, bare=bare), parse_ms(hi_text, bare=bare), open_end)
    except ValueError:
        if not bare and _is_bare(lo_text) and _is_bare(hi_text):
            raise ValueError(f"{_cited(text)} has no unit") from None
        raise ValueError(f"{_cited(text)} is not a time or a range of times") from None
    return _ordered(span, text)


def parse_count_range(text: str) -> Range:
    """Read `10`, `10-12`, `10 to 12` or `up to 12` as a range of whole numbers; raises ValueError."""
    lo, hi, open_end = _split(text)
    if not (_COUNT.fullmatch(lo) and _COUNT.fullmatch(hi)):
        raise ValueError(f"{_cited(text)} is not a whole number or a range of them")
    return _ordered(Range(int(lo), int(hi), open_end), text)


def clock(ms: int) -> str:
    """Return a position as `m:ss.t`, or `h:mm:ss.t` from an hour on."""
    minutes, tenths = divmod((ms + 50) // 100, 600)
    lead = f"{minutes // 60}:{minutes % 60:02}" if minutes >= 60 else f"{minutes}"  # noqa: PLR2004 - an hour
    return f"{lead}:{tenths // 10:02}.{tenths % 10}"


def compose_ms(ms: int) -> str:
    """Return a length as a program file writes it: `30s`, `1m30s`, `2m`, `2.5s`; `parse_ms` reads it back."""
    minutes, rest = divmod(ms, MINUTE_MS)
    seconds = f"{rest / 1000:.3f}".rstrip("0").rstrip(".") + "s" if rest or not minutes else ""
    return (f"{minutes}m" if minutes else "") + seconds


def compose_time_range(span: Range) -> str:
    """Return a range of times as a program file writes it; `parse_time_range` reads it back."""
    return compose_count_range(span, compose_ms)


def compose_count_range(span: Range, compose: Callable[[int], str] = str) -> str:
    """Return a range of counts as a program file writes it; `parse_count_range` reads it back."""
    lo, hi = compose(span.lo), compose(span.hi)
    if span.open_end:
        return f"{_OPEN}{hi}"
    return hi if span.lo == span.hi else f"{lo} to {hi}" if lo[-1:].isalpha() else f"{lo}-{hi}"


def _split(text: str) -> tuple[str, str, bool]:
    spoken = " ".join(text.lower().translate(_DASHES).split())
    said = spoken.removeprefix(_OPEN)
    lo, mark, hi = spoken.replace(" to ", "-").partition("-")
    return (lo.strip(), hi.strip(), False) if mark and said == spoken else (said, said, said != spoken)


def _is_bare(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _cited(text: str) -> str:
    folded = " ".join(text.split())
    return f'"{folded if len(folded) <= _CITED else folded[: _CITED - 3] + "..."}"'


def _ordered(span: Range, text: str) -> Range:
    if span.lo > span.hi:
        raise ValueError(f"{_cited(text)} is reversed, the smaller number comes first")
    return span
