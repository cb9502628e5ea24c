"""Hostile words on a page: the program that is written of them is the one that was read, and nothing more."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from voicecoach.articles import read_article
from voicecoach.articles.composed import as_file, compose_article
from voicecoach.articles.json_object import as_object
from voicecoach.articles.report import report
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
