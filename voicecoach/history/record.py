"""One session as it is remembered, and the one set of rules for what can be: to write by and to read by."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from voicecoach.model import MOST_PAIN

PLAYING, FINISHED, STOPPED = "playing", "finished", "stopped"
STATES = (PLAYING, FINISHED, STOPPED)

_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
"""Of a session's start: every system's calendar can tell it by the person's clock, though that be wrong."""

# No number of a session is larger: in milliseconds these are 24 days.
_MOST = 2**31 - 1

MOST_ID = 2**53
"""Of a session's number: whatever reads JSON keeps it exactly, and nobody plays so often."""

# Of what a session was started with: it is kept five levels deep.
_DEEPEST = 8

# The largest value of each number; the smallest is 0.
_LIMITS = {"exercises": _MOST, "reached": _MOST, "done": _MOST, "done_ms": _MOST,
           "pain_before": MOST_PAIN, "pain_after": MOST_PAIN}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session. `source` and `flags` are what it was started with; `reached` is the exercise it came to.

    `done` counts the exercises done to their end, `done_ms` the time played; pain goes from 0 to 10.
    """

    id: int
    started: str
    title: str
    source: str
    flags: dict[str, Any]
    exercises: int
    state: str
    reached: int
    done: int
    done_ms: int
    pain_before: int | None
    pain_after: int | None


COLUMNS = tuple(each.name for each in fields(SessionRecord))


def parse_record(row: Mapping[str, Any]) -> SessionRecord | None:
    """Return the session of a row, None where any of its values is none that is ever written."""
    try:
        flags = json.loads(row["flags"])
        # Whatever ISO 8601 allows is told in the one form that is written: others read it, too.
        started = datetime.fromisoformat(row["started"])
        started = (started if started.tzinfo else started.replace(tzinfo=UTC)).astimezone(UTC)
        sound = (
            all(isinstance(row[name], str) for name in ("started", "title", "source", "state", "flags"))
            and all(_is_number(name, row[name]) for name in _LIMITS)
            and isinstance(row["id"], int)
            and 0 < row["id"] < MOST_ID
            and row["state"] in STATES
            and isinstance(flags, dict)
            and _is_shallow(flags)
            and _EARLIEST <= started <= _LATEST
        )
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    told = started.isoformat(timespec="seconds")
    return SessionRecord(**{**row, "flags": flags, "started": told}) if sound else None


def start_now() -> str:
    """Return the present moment as it is written; a clock beyond all calendars is taken at its bound."""
    now = _LATEST
    with suppress(ValueError, OverflowError, OSError):
        now = datetime.now(UTC)
    return min(max(now, _EARLIEST), _LATEST).isoformat(timespec="seconds")


def compose_values(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a session is made of
    """Return values as they are written: numbers within their limits, flags as JSON, texts as bytes.

    What cannot be kept as flags is left out. Raises ValueError for a state that there is not.
    """
    if values.get("state", PLAYING) not in STATES:
        raise ValueError(values["state"])
    return {name: _compose(name, value) for name, value in values.items()}


def decode_column(raw: bytes) -> str | bytes:
    """Return a text of the file; bytes that are none stay bytes, which `parse_record` refuses.

    A file's name may hold bytes that are no text, which Python keeps as lone surrogates.
    """
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw


def _compose(name: str, value: Any) -> Any:  # noqa: ANN401 - of any column
    if name in _LIMITS:
        return min(max(int(value), 0), _LIMITS[name])
    if name == "flags":
        flags, value = value, "{}"
        # Read as it will be: an integer of 5,000 digits is written and not read.
        with suppress(TypeError, ValueError, RecursionError):
            text = json.dumps(flags)
            value = text if _is_shallow(json.loads(text)) else value
    return value.encode("utf-8", "surrogatepass")


def _is_number(name: str, value: object) -> bool:
    if value is None:
        return name in {"pain_before", "pain_after"}
    return isinstance(value, int) and 0 <= value <= _LIMITS[name]


def _is_shallow(value: object, levels: int = _DEEPEST) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inner)
