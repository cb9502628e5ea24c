"""Times, samples and ranges: what is read, what is refused, and the laws of going to and fro."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.units import (
    Range,
    clock,
    compose_count_range,
    compose_ms,
    compose_time_range,
    length_ms,
    ms_to_samples,
    parse_count_range,
    parse_ms,
    parse_time_range,
    samples_to_ms,
    scaled,
)

LENGTHS_MS = st.integers(0, 3_600_000_000)
RATES_HZ = st.sampled_from([8000, 11_025, 16_000, 22_050, 44_100, 48_000])


def ranges(highest: int) -> st.SearchStrategy[Range]:
    """Give every range that a dose can hold: closed, of one value, or with an open end."""
    pairs = st.tuples(st.integers(0, highest), st.integers(0, highest))
    closed = pairs.map(lambda pair: Range(min(pair), max(pair)))
    return closed | st.integers(0, highest).map(lambda end: Range(end, end, open_end=True))


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("30", 30_000),
        ("30s", 30_000),
        (" 30 Seconds ", 30_000),
        ("1m", 60_000),
        ("1m30s", 90_000),
        ("1 min 30 sec", 90_000),
        ("1.5 min", 90_000),
        ("0.25s", 250),
        ("1h", 3_600_000),
        ("15:00", 900_000),
        ("1:00:05", 3_605_000),
        ("0s", 0),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, ms: int) -> None:
    assert parse_ms(text) == ms


@pytest.mark.parametrize(
    "text", ["", " ", "s", "abc", "-5s", "5 fortnights", "1:75", "1m30", "1.5.5s", "10^9", "nan", "٣s", "1e3s"]
)
def test_what_is_not_a_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        parse_ms(text)


def test_a_bare_number_is_refused_where_a_unit_is_asked_for() -> None:
    with pytest.raises(ValueError, match="with a unit"):
        parse_ms("15", bare=False)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30s", Range(30_000, 30_000)),
        ("20-30s", Range(20_000, 30_000)),
        ("20 - 30 s", Range(20_000, 30_000)),
        ("20\N{EN DASH}30 seconds", Range(20_000, 30_000)),
        ("20\N{NON-BREAKING HYPHEN}30s", Range(20_000, 30_000)),
        ("20 to 30 seconds", Range(20_000, 30_000)),
        ("20-30", Range(20_000, 30_000)),
        ("20s to 1 min", Range(20_000, 60_000)),
        ("1-2 min", Range(60_000, 120_000)),
        ("1.5-2m", Range(90_000, 120_000)),
        ("1:30-2:00", Range(90_000, 120_000)),
        ("20-1m30s", Range(20_000, 90_000)),
        ("Up to 90s", Range(90_000, 90_000, open_end=True)),
    ],
)
def test_a_range_of_times_is_read_as_articles_state_it(text: str, span: Range) -> None:
    assert parse_time_range(text) == span


@pytest.mark.parametrize("text", ["-30s", "20-", "-", "", "20-30-40s", "up to", "up to 5-10s", "to 5s", "a-b"])
def test_what_is_not_a_range_of_times_is_refused_and_cited_whole(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time or a range of times") as refusal:
        parse_time_range(text)
    assert f'"{text}"' in str(refusal.value)


@pytest.mark.parametrize("text", ["30", "20-30", "up to 30"])
def test_a_range_without_a_unit_is_refused_where_one_is_asked_for(text: str) -> None:
    with pytest.raises(ValueError, match="has no unit"):
        parse_time_range(text, bare=False)


@pytest.mark.parametrize(
    ("text", "span"),
    [("10", Range(10, 10)), ("10-12", Range(10, 12)), ("10 to 12", Range(10, 12)), ("up to 12", Range(12, 12, True))],
)
def test_a_range_of_counts_is_read(text: str, span: Range) -> None:
    assert parse_count_range(text) == span


@pytest.mark.parametrize("text", ["", "ten", "-3", "3-", "2.5", "1e3", "٣", "9" * 5000, "1-2-3", "10x", "²"])
def test_what_is_not_a_range_of_counts_is_refused_in_few_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number") as refusal:
        parse_count_range(text)
    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize("read", [parse_time_range, parse_count_range])
def test_a_reversed_range_is_refused_by_name(read: object) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match="reversed"):
        read("30-20")


def test_an_open_end_holds_everything_below_it() -> None:
    assert 5 in Range(90, 90, open_end=True)
    assert 5 not in Range(10, 90)
    assert 91 not in Range(90, 90, open_end=True)


@given(LENGTHS_MS)
def test_a_composed_length_reads_back(ms: int) -> None:
    assert parse_ms(compose_ms(ms)) == ms


@given(ranges(3_600_000))
def test_a_composed_range_of_times_reads_back(span: Range) -> None:
    assert parse_time_range(compose_time_range(span), bare=False) == span


@given(ranges(999_999_999))
def test_a_composed_range_of_counts_reads_back(span: Range) -> None:
    assert parse_count_range(compose_count_range(span)) == span


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for read in (parse_ms, parse_time_range, parse_count_range):
        try:
            read(text)
        except ValueError as refusal:
            assert str(refusal).startswith('"')  # noqa: PT017 - either outcome is right, and only one has words


@given(LENGTHS_MS, RATES_HZ)
def test_a_position_survives_the_way_to_samples_and_back(ms: int, rate_hz: int) -> None:
    assert samples_to_ms(ms_to_samples(ms, rate_hz), rate_hz) == ms


@given(st.integers(0, 10**9), RATES_HZ)
def test_a_length_in_milliseconds_never_cuts_a_sample(samples: int, rate_hz: int) -> None:
    assert (length_ms(samples, rate_hz) - 1) * rate_hz < samples * 1000 <= length_ms(samples, rate_hz) * rate_hz


def test_scaling_rounds_to_the_nearest_millisecond() -> None:
    assert scaled(1000, 1.15) == 1150


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00.0"), (59_960, "1:00.0"), (90_500, "1:30.5"), (3_661_000, "1:01:01.0")]
)
def test_a_position_is_shown_as_a_clock(ms: int, shown: str) -> None:
    assert clock(ms) == shown
