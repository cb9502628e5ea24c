"""Hostile words on a page: the program that is written of them is the one that was read, and nothing more."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voicecoach.articles import read_article
from voicecoach.articles.composed import as_file, compose_article
from voicecoach.articles.json_object import as_object
from voicecoach.articles.report import report
from voicecoach.program.fields import LONGEST_NAME, LONGEST_TEXT
from voicecoach.program.parse import parse_program

BREAKING = [
    "\n  - name: Injected\n    steps: [Jump.]\n",
    "\nexercises: []\n",
    "\n---\ntitle: another\n",
    "# no comment",
    " #",
    ": ",
    "- ",
    "? ",
    "| ",
    "> ",
    "!!python/object/apply:os.system [ls]",
    "!tag",
    "&anchor",
    "*alias",
    "<<: *alias",
    "%YAML 1.1",
    "{side}",
    "{other}",
    "{{x}}",
    "{0.__class__}",
    "${HOME}",
    "`id`",
    "$(id)",
    "'",
    '"',
    "\\",
    "\\x41",
    "yes",
    "null",
    "~",
    "0x10",
    "1e3",
    "2026-01-01",
    "=",
    "@",
    "\t",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1b[2J",
    "\x9b",
    "\u202e",
    "\ufeff",
    "\x00",
    "\x07",
    "\ud800",
    "&lt;b&gt;",
    "</p><script>",
]
words = st.lists(
    st.one_of(st.sampled_from(BREAKING), st.text(max_size=12), st.sampled_from(["knee", "hold", "10 times"])),
    max_size=8,
).map(" ".join)


def page_of(title: str, name: str, step: str, tail: str) -> str:
    return (
        f"# {title}\n\n## Knee {name}\n\n- Lie on your back and {step}\n- Lift your knee {tail}\n"
        f"- Hold for 10 seconds, {step}.\n- Repeat 5 times. {tail}\n\nTip: {step}\n\nAvoid {name}\n"
    )


@settings(deadline=None)
@given(words, words, words, words)
def test_what_is_written_is_what_was_read(title: str, name: str, step: str, tail: str) -> None:
    article = read_article(page_of(title, name, step, tail), f"page{title}.md", language="en")
    if article.program:
        assert parse_program(compose_article(article), "page", {}) == as_file(article.program)


@settings(deadline=None)
@given(words, words)
@example("", "\x7f breathe out")
def test_what_is_written_reported_and_printed_is_printable(name: str, step: str) -> None:
    article = read_article(page_of(name, name, step, step), f"page{step}.md", language="en")
    told = [*report(article), json.dumps(as_object(article), ensure_ascii=False)]
    if article.program:
        told += compose_article(article).splitlines()
    assert all(line.isprintable() for line in told)


def long_words(begin: str, shift: int, between: str, length: int = 1100) -> str:
    """Return so many characters of words, the gaps between them moved on by `shift`."""
    words = f"{begin} {'x' * shift}{between}"
    return (words + f"lift{between}" * length)[:length]


shifts = st.integers(0, 9)
gaps = st.text(st.sampled_from(" -,{}:;\u00a0"), min_size=1, max_size=4)


@settings(deadline=None, max_examples=60)
@given(shifts, shifts, gaps, st.sampled_from(["x.html", "https://example.org/" + "x" * 1100]))
@example(0, 0, " ", "x.html")
def test_what_is_cut_at_a_limit_reads_back_the_same(of_name: int, of_step: int, between: str, source: str) -> None:
    name, step = long_words("Knee lift", of_name, between), long_words("Lift your knee", of_step, between)
    assert_reads_back(
        f"<h1>Moves</h1><h2>{name}</h2><p>Lie on your back. Lift your knee. Repeat 5 times.</p>"
        f"<ul><li>{step}<li>Avoid {step}</ul><p>Tip: {step}</p>",
        source,
    )


@pytest.mark.parametrize("limit", [LONGEST_NAME, LONGEST_TEXT])
@pytest.mark.parametrize("shift", range(5))
def test_a_text_that_a_limit_cuts_at_a_space_reads_back_the_same(limit: int, shift: int) -> None:
    words = long_words("Knee lift", (limit - shift) % 5, " ", limit + 5)
    assert_reads_back(
        f"<h1>{words}</h1><h2>{words}</h2><p>Lie on your back. Lift your knee. {words}. Repeat 5 times.</p>", "x.html"
    )


def assert_reads_back(page: str, source: str) -> None:
    article = read_article(page, source, language="en")
    assert article.program
    assert parse_program(compose_article(article), "page", {}) == as_file(article.program)
