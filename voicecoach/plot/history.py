"""The history as a picture: how much it hurt before and after each session, and the minutes of each day."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from voicecoach.errors import VoicecoachError
from voicecoach.history import SessionRecord
from voicecoach.model import MOST_PAIN
from voicecoach.plot.marks import counted
from voicecoach.plot.page import GREY, INK, PALE
from voicecoach.plot.sheet import DOTS_AN_INCH, Axes, Figure, dates, picture
from voicecoach.units import MINUTE_MS

# So many days are shown at least: a first session would be as wide as the page, else.
_FEWEST_DAYS = 7
# Up to here what is drawn of a session stands apart on the page.
_MANY = 60
_TITLE = "Pain and time of exercise"
_BEFORE = {"label": "before the session", "color": "#d55e00", "marker": "o", "markerfacecolor": "white"}
# As in the picture of a session: by shape and by stroke too, in colours of Okabe and Ito.
_AFTER = {"label": "after it", "color": "#0072b2", "marker": "s"}


def draw_history(entries: Iterable[SessionRecord], path: str) -> None:
    """Draw sessions to `path`, as SVG or PNG by its extension, over the days of the local calendar.

    The same history gives the same file, byte for byte. Raises UsageError for another extension, FileError,
    and VoicecoachError where there is nothing to draw; then nothing is left behind.
    """
    with picture(path) as save:
        # By the calendar, as a clock may have been set back between two of them.
        drawn = sorted((each for each in entries if each.done_ms or _pains(each)), key=_at)
        if not drawn:
            hint = "play a session first: voicecoach play SESSION --ask-pain"
            raise VoicecoachError("there is nothing to draw yet", hint)
        figure = Figure(figsize=(10, 6), facecolor="white")
        pain, minutes = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        figure.subplots_adjust(left=0.07, right=0.93, top=0.83, bottom=0.06, hspace=0.28)
        figure.text(0.07, 0.95, _TITLE, size=17, weight="bold", color=INK, va="center")
        figure.text(0.07, 0.905, _summary(drawn), size=9.5, color=GREY, va="center")
        _pain(pain, drawn)
        _minutes(minutes, drawn)
        _days(minutes, drawn)
        save(figure, _TITLE, DOTS_AN_INCH)


def _pain(axes: Axes, entries: list[SessionRecord]) -> None:
    """Draw both answers of each session at its start, joined to each other and to those before and after."""
    _style_axes(axes, "Pain, from 0 to 10")
    axes.set_ylim(-0.5, MOST_PAIN + 0.5)
    axes.set_yticks(range(0, MOST_PAIN + 1, 2))
    for each in entries:
        if len(_pains(each)) > 1:
            axes.plot([_days_of(_at(each))] * 2, _pains(each), color="#999999", linewidth=1, zorder=1)
    before = [(_days_of(_at(each)), each.pain_before) for each in entries if each.pain_before is not None]
    after = [(_days_of(_at(each)), each.pain_after) for each in entries if each.pain_after is not None]
    size = 6.0 if len(entries) < _MANY else 3.5
    # A ring is larger than what may lie on it, so that two equal answers are both seen.
    for answers, wide, stroke, look in ((before, size * 1.5, "--", _BEFORE), (after, size, "-", _AFTER)):
        if answers:
            style: dict[str, Any] = {"markersize": wide, "linestyle": stroke, **look}
            axes.plot(*zip(*answers, strict=True), linewidth=1.2, zorder=2, clip_on=False, **style)
    if before or after:
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=9)
    else:
        middle: dict[str, Any] = {"transform": axes.transAxes, "ha": "center", "va": "center"}
        axes.text(0.5, 0.5, "No answers yet: play with --ask-pain.", size=10, color=GREY, **middle)


def _minutes(axes: Axes, entries: list[SessionRecord]) -> None:
    """Draw a bar for each day, which begins at the day's own midnight."""
    _style_axes(axes, "Minutes of exercise a day")
    played: Counter[datetime] = Counter()
    for each in entries:
        played[_day(each)] += each.done_ms
    days, heights = [_days_of(day) for day in played], [ms / MINUTE_MS for ms in played.values()]
    edge: dict[str, Any] = {"edgecolor": "#01664a", "linewidth": 0.6 if len(days) < _MANY else 0.0}
    axes.bar(days, heights, width=0.8, align="edge", color="#4fae91", **edge, zorder=2)
    axes.set_ylim(0, max(*heights, 1.0) * 1.12)


def _days(axes: Axes, entries: list[SessionRecord]) -> None:
    """Write the calendar below: a date stands to the right of the midnight that its day begins with."""
    calendar: Any = dates  # Matplotlib publishes no types of it
    first, last = min(map(_day, entries)), max(map(_day, entries))
    last = max(last + timedelta(days=1), first + timedelta(days=_FEWEST_DAYS))
    axes.set_xlim(_days_of(first) - 0.05, _days_of(last) - 0.05)
    locator = calendar.AutoDateLocator(minticks=3, maxticks=9)
    locator.intervald[3] = [1, 2, 3, 7, 14]  # of days, in the locator's own table
    written = calendar.AutoDateFormatter(locator)
    written.scaled = {365.0: "%Y", 30.0: "%b %Y", 1.0: "%d %b"}
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(written)
    for each in axes.figure.axes:
        for label in each.get_xticklabels():
            label.set_horizontalalignment("left")


def _style_axes(axes: Axes, words: str) -> None:
    axes.set_title(words, loc="left", size=10.5, weight="bold", color=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=9, labelbottom=True)
    axes.grid(axis="y", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)


def _summary(entries: list[SessionRecord]) -> str:
    """Return what the picture says in words, for whoever only reads it."""
    days = sorted(set(map(_day, entries)))
    parts = [
        " to ".join(dict.fromkeys(day.strftime("%d %b %Y") for day in (days[0], days[-1]))),
        f"{counted(len(entries), 'session')} on {counted(len(days), 'day')}",
        counted(round(sum(each.done_ms for each in entries) / MINUTE_MS), "minute"),
    ]
    # Only a session with both answers says what it did to the pain.
    if changes := [pains[1] - pains[0] for pains in map(_pains, entries) if len(pains) > 1]:
        mean = sum(changes) / len(changes)
        by = f"{abs(mean):.1f} {'higher' if mean > 0 else 'lower'}" if round(mean, 1) else "the same"
        parts.append(f"pain after a session {by} on average")
    return ", ".join(parts)


def _pains(entry: SessionRecord) -> list[int]:
    return [each for each in (entry.pain_before, entry.pain_after) if each is not None]


def _at(entry: SessionRecord) -> datetime:
    """Return when a session started, by the clock on the person's wall."""
    return datetime.fromisoformat(entry.started).astimezone().replace(tzinfo=None)


def _day(entry: SessionRecord) -> datetime:
    return _at(entry).replace(hour=0, minute=0, second=0, microsecond=0)


def _days_of(at: datetime) -> float:
    """Return a moment in days, as Matplotlib counts them."""
    return (at - datetime(1970, 1, 1)) / timedelta(days=1)  # noqa: DTZ001 - a clock on the wall
