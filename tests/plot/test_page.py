"""Laws of the page: nothing is lost, doubled or moved where a session is cut into lines."""

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.events import Chapter, Span, Timeline, Where
from voicecoach.plot.page import MOST_EXTRA_LINES, WIDTH_PT, Line, Look, Mark, Part, lines_of, overview

PARTS = [part for part in Part if part is not Part.CHAPTER]
LENGTHS = st.lists(st.integers(1, 5_000_000), min_size=1, max_size=6)


def _session(lengths: list[int]) -> Timeline:
    ends = list(itertools.accumulate(lengths))
    chapters = tuple(Chapter(f"c{end}", end - length, end) for length, end in zip(lengths, ends, strict=True))
    reps = tuple(Span(where=Where(rep=1), start_ms=each.start_ms, end_ms=each.end_ms) for each in chapters)
    return Timeline(
        title="T", language="en", duration_ms=ends[-1], chapters=chapters, events=(), holds=(), reps=reps,
        dropped=(), stretched=(), filled=(),
    )  # fmt: skip


@st.composite
def _marked(draw: st.DrawFn) -> tuple[Timeline, list[Mark]]:
    session = _session(draw(LENGTHS))
    moments = st.tuples(st.integers(0, session.duration_ms), st.integers(0, session.duration_ms))
    spans = draw(st.lists(st.tuples(st.sampled_from(PARTS), moments), max_size=30))
    return session, [Mark(part, min(span), max(span), ("x",)) for part, span in spans]


def _lines(session: Timeline, marks: list[Mark]) -> list[Line]:
    return [line for block in lines_of(session, marks) for line in block]


@given(_marked())
def test_the_lines_of_a_session_follow_each_other_from_its_start_to_its_end(
    marked: tuple[Timeline, list[Mark]],
) -> None:
    session, marks = marked
    bounds = [(line.start_ms, line.end_ms) for line in _lines(session, marks)]
    assert bounds[0][0] == 0
    assert bounds[-1][1] == session.duration_ms
    assert all(before[1] == after[0] for before, after in itertools.pairwise(bounds))


@given(_marked())
def test_each_chapter_starts_a_line(marked: tuple[Timeline, list[Mark]]) -> None:
    session, marks = marked
    firsts = [block[0].start_ms for block in lines_of(session, marks)]
    assert firsts == [chapter.start_ms for chapter in session.chapters]


@given(_marked())
def test_no_line_is_wider_than_the_page(marked: tuple[Timeline, list[Mark]]) -> None:
    assert all(line.x(line.end_ms) <= WIDTH_PT for line in _lines(*marked))


@given(_marked())
def test_the_pieces_of_a_mark_make_up_the_mark(marked: tuple[Timeline, list[Mark]]) -> None:
    session, marks = marked
    lines = _lines(session, marks)
    for part in PARTS:
        pieces = sum(each.end_ms - each.start_ms for line in lines for each in line.pieces if each.part is part)
        assert pieces == sum(each.end_ms - each.start_ms for each in marks if each.part is part)
    for line in lines:
        assert all(line.start_ms <= each.start_ms <= each.end_ms <= line.end_ms for each in line.pieces)


@given(_marked())
def test_a_mark_is_labelled_once_unless_it_is_a_turn(marked: tuple[Timeline, list[Mark]]) -> None:
    session, marks = marked
    labelled = [each.part for line in _lines(session, marks) for each in line.pieces if each.labels]
    once = [part for part in labelled if part is not Part.TURN]
    assert Counter(once) == Counter(mark.part for mark in marks if mark.part is not Part.TURN)


@given(_marked())
def test_each_line_has_a_time_and_not_too_many(marked: tuple[Timeline, list[Mark]]) -> None:
    for line in [*_lines(*marked), overview(*marked)]:
        ticks = list(line.ticks())
        assert 1 <= len(ticks) <= 13
        assert all(line.start_ms <= tick <= line.end_ms for tick in ticks)


@given(_marked())
def test_there_are_few_lines_beside_the_first_of_each_chapter(marked: tuple[Timeline, list[Mark]]) -> None:
    most = len(marked[0].chapters) + 2 * MOST_EXTRA_LINES  # a line is at least half full before it breaks
    assert len(_lines(*marked)) <= most


def test_a_line_breaks_where_a_rest_begins_rather_than_at_a_later_repetition() -> None:
    session = _session([380_000])
    starts = [(Part.REST, 150_000), (Part.REP, 200_000), (Part.REP, 230_000)]
    marks = [Mark(part, start_ms, start_ms + 10_000) for part, start_ms in starts]
    assert [line.start_ms for line in _lines(session, marks)] == [0, 150_000]


def test_no_two_parts_of_a_lane_differ_by_colour_alone() -> None:
    def without_colour(look: Look) -> tuple[object, ...]:
        return look.lane, look.top, look.bottom, look.hatch, look.shape, look.text_at, look.corner

    assert len({without_colour(look) for look in (part.value for part in Part)}) == len(Part)
