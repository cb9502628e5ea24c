"""Hostile pages cost no more than their length: time grows as they do, up to a bound, and so does memory."""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sampling import is_whole
from voicecoach.articles.block import unescaped
from voicecoach.articles.intake import MOST_LINES, MOST_PLAIN, read_page
from voicecoach.articles.reading import read_article
from voicecoach.articles.webpage import MOST_TOKENS
from voicecoach.cli import pages
from voicecoach.errors import NothingFoundError

LARGEST = 4_900_000
SHORT, LONG = 20_000, 80_000
GROWTH = 8.0
"""Four times the text may take eight times as long, as a busy machine adds some; squared it takes sixteen."""
NO_TIME_S = 0.2
"""Below this nothing can be said of growth."""

TEXTS = [
    *("\n", " ", "\r", "\u2028", "a", "a\n", "- a\n", "1. Lift\n", "# Squat\n", "###### a\n", "|a|b|\n", "|a"),
    *("**a", "_a ", "[a](b)", "[a](", "![a](", "[", "<b ", "&amp;", "&#9", "```\n", "→", "\u0301", "Hold: a\n"),
    *("0:01 lift your knee\n", "Lift it. ", "Hold 10 seconds. ", "3x10 ", "How to squat?\n"),
    "Squat\nBend your knees and stand up. Repeat 10 times.\n\n",
]
HTML = [
    *("<div>", "</div>", "<p>a", "<br>a", "<b>a", "<li>a", "<ul><li>a", "<td>a", "<table><tr><td>a", "<i>a</b>"),
    *("\n", "&amp;", "<a ", '<a b="', '<a ">"', "<a '>' \">\"", "<!-- -->", "<!-- ", "<script>a</script>"),
    *("<script>", "<title>a</title>", "<nav>a</nav>", "<option>a"),
    "<h2>Squat</h2><p>Bend your knees and stand up. Repeat 10 times.</p>",
]


def cpu_s(text: str, name: str) -> float:
    """Return the processor's seconds for reading a page."""
    begun = time.process_time()
    read_article(text, name, language="en")
    return time.process_time() - begun


def assert_grows_with(page: Callable[[int], str], name: str) -> None:
    """Fail where four times the page takes far more than four times as long, twice in a row."""
    for _ in range(2):
        short, long = (cpu_s(page(size), name) for size in (SHORT, LONG))
        if long <= GROWTH * short + NO_TIME_S:
            return
    pytest.fail(f"{SHORT:,} characters take {short:.2f} s, {LONG:,} take {long:.2f} s")


@pytest.mark.parametrize("unit", TEXTS if is_whole() else TEXTS[::2])
def test_text_takes_as_long_as_it_is(unit: str) -> None:
    assert_grows_with(lambda size: (unit * size)[:size], "x.md")


@pytest.mark.parametrize("unit", HTML if is_whole() else HTML[::2])
def test_html_takes_as_long_as_it_is(unit: str) -> None:
    assert_grows_with(lambda size: "<!doctype html>" + (unit * size)[:size] + ">", "x.html")


@pytest.mark.parametrize(
    ("opening", "unit"), [("<table><tr>", "<td>a"), ("<p>", "\n"), ("<ol>", "<li>a\n"), ("", '<a ">"')]
)
def test_what_stands_in_one_element_takes_as_long_as_it_is(opening: str, unit: str) -> None:
    assert_grows_with(lambda size: f"{opening}{(unit * size)[:size]}a", "x.html")


@pytest.mark.parametrize("unit", ["a" * 4900, "a:" * 2400, "a-" * 2400, "a " * 2400, "a=b " * 1200])
def test_long_attributes_take_no_longer_than_short_ones(unit: str) -> None:
    def page(attributes: str) -> str:
        return f"<div {attributes}>a</div>" * (300_000 // len(attributes))

    short = cpu_s(page('class="a" ' * 490), "x.html")
    assert cpu_s(page(unit), "x.html") < 10 * short + NO_TIME_S


@pytest.mark.parametrize("unit", ["\n", " ", "\u2028"])
def test_the_largest_page_takes_a_bounded_room(tmp_path: Path, unit: str) -> None:
    page = tmp_path / "page.html"
    length = LARGEST // len(unit.encode())
    page.write_bytes(("<p>" * unit.startswith("<") + unit * length).encode())
    tracemalloc.start()
    try:
        pages.read_page(str(page))
    except NothingFoundError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 80_000_000


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("a\n" * (MOST_LINES + 2), "x.md", f"{MOST_LINES:,} lines"),
        ("a\r" * (MOST_LINES + 2), "x.md", f"{MOST_LINES:,} lines"),
        ("ab " * (MOST_PLAIN // 3 + 2), "x.md", f"{MOST_PLAIN:,} characters"),
        ("<p>a" + "</p>" * MOST_TOKENS, "x.html", f"{MOST_TOKENS:,} tags and texts"),
    ],
)
def test_what_is_beyond_the_bounds_is_told_as_left_out(text: str, name: str, why: str) -> None:
    beyond = read_page(text, name=name).furniture[-1]
    assert beyond.noise == f"beyond the first {why}, which are all that is read"


def test_a_number_without_end_is_no_character() -> None:
    assert unescaped(f"&#{'9' * 9000};&#{'0' * 5000}65;") == "\ufffd\ufffd"
    assert unescaped("&#65;&#x41;&amp;&#1114112;&#99999999") == "AA&\ufffd\ufffd"
    for name in ("x.md", "x.html"):
        assert read_page(f"a &#{'9' * 9000}; b", name=name).blocks[0].text == "a \ufffd b"
