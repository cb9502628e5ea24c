"""Text that is hostile, broken or no YAML at all is refused in one problem, quickly, and nothing is run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bounds import within_cpu_s
from voicecoach.errors import ProgramError
from voicecoach.program.parse import parse_program
from voicecoach.program.tree import read_tree, unquoted

LONGEST_S = 30
"""The worst of these takes a second and a half on a quiet machine; a runaway takes minutes."""
LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("title: T\n\texercises: x", 2, 1, "a tab"),
        ('a: 1\ntitle: "T\nb: 2', 2, 8, "a quote that is never closed"),
        ("title: 'it's'", 1, 12, "a line or word that does not fit"),
        ("title: a: b", 1, 9, "a colon that cannot stand here"),
        ("title: @x", 1, 8, "a text that cannot begin with this character"),
        ("title: [a", 1, 10, "a bracket that is never closed"),
        ('title: "\\q"', 1, 10, "an escape that YAML does not know"),
        ("title: a\nx\nb: c", 3, 1, "a line that is no field"),
        ("title: a\x07b", 1, 9, "an invisible character, U+0007"),
        ("x: 1\ntitle: *x", 2, 8, "*x stands for nothing"),
        ("a: &a [*a]", 1, 8, "*a stands for nothing"),
        ("&a x: 1\n*a : 2", 2, 1, "*a stands for nothing"),
        ("? [a]\n: b", 1, 3, "a list or mapping in the place of a name"),
        ("{{a}}: x", 1, 2, "a list or mapping in the place of a name"),
        ("a: b\n---\nc: d", 2, 1, "a second document begins here"),
        ("title: !!python/object/apply:os.system [echo]", 1, 8, "the tag tag:yaml.org,2002:python"),
        ("title: !!str 5", 1, 8, "the tag"),
        ("title: x\ntitle: y", 2, 1, "title stands here again, after line 1"),
        ("%YAML 9.9\n---\na: b", 1, 1, "this is not YAML"),
        ('title: "\\UFFFFFFFF"', 0, 0, "the file is not YAML"),
        ("", 0, 0, "the file is empty"),
        ("# nothing but this\n", 0, 0, "the file is empty"),
        ("---\n...\n", 0, 0, "the file is empty"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, line: int, column: int, what: str) -> None:
    _, problems = read_tree(text)
    assert len(problems) == 1
    assert (problems[0].line, problems[0].column) == (line, column)
    assert problems[0].what.startswith(what)
    assert problems[0].hint


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("title: " + "[" * 500_000, "nested too deep"),
        ("title: " + "{a: " * 100_000, "nested too deep"),
        ("- " * 300_000, "nested too deep"),
        ("x: [" + "[]," * 300_000 + "]", "over 50,000 values"),
        ("x" * 1_000_001, "over a million characters"),
        ("title: '" + "x " * 499_000 + "'", "a text of"),
    ],
    ids=["brackets", "braces", "dashes", "values", "size", "text"],
)
def test_a_huge_file_is_refused_in_bounded_time(text: str, what: str) -> None:
    with within_cpu_s(LONGEST_S):
        _, problems = read_tree(text)
    assert what in problems[0].what


def test_a_billion_laughs_cost_nothing() -> None:
    with within_cpu_s(LONGEST_S), pytest.raises(ProgramError):
        parse_program(LAUGHS + "title: *j\nexercises: [{name: N, steps: *j}]", "a.yaml", {})


def test_a_small_anchor_works() -> None:
    text = "title: T\nexercises: [{name: A, steps: &s [Up]}, {name: B, steps: *s}]"
    assert [each.steps for each in parse_program(text, "a.yaml", {}).exercises] == [("Up",), ("Up",)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("null", None),
        ("~", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e-05", 0.00001),
        (".inf", float("inf")),
        ("1:30", "1:30"),
        ("20-30", "20-30"),
        ("2024-01-01", "2024-01-01"),
        ("0x1F", "0x1F"),
        ("9" * 30, float("9" * 30)),
    ],
)
def test_an_unquoted_word_is_read_by_the_core_schema(text: str, value: object) -> None:
    assert unquoted(text) == value
    assert type(unquoted(text)) is type(value)


def test_a_node_knows_where_it_stands() -> None:
    root, _ = read_tree("a: 1\nb:\n  - x\n  - {c: y}\n")
    assert root is not None
    assert (root.at("b", 1, "c").line, root.at("b", 1, "c").column) == (4, 9)
    assert root.at("b", 7, "c") is root.at("b")
    assert root.keys["b"] == (2, 1)


PIECES = [*"~@%#?!&*[]{},:-'|>", "title", "exercises", "steps", "name", "hold", "30s", "<<", "*a", '"', "\\"]
PIECES += [": ", "- ", " ", "  ", "\n", "\t", "\x07", "\u202e", "\ufeff", "---\n", "...\n", "!!str ", "&a "]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_any_text_is_a_program_or_a_list_of_problems(text: str) -> None:
    try:
        parse_program(text, "a.yaml", {})
    except ProgramError as refusal:
        assert refusal.problems  # noqa: PT017 - either outcome is right, and only one has problems


@pytest.mark.parametrize("digits", ["1" * 400, "1" * 5000, "1e999"])
def test_a_number_beyond_all_numbers_is_cited_as_it_was_written(digits: str) -> None:
    text = f"title: Try\nexercises:\n  - {{name: Plank, steps: [Hold.], reps: {digits}}}\n"
    with pytest.raises(ProgramError) as caught:
        parse_program(text, "f.yaml", {})
    said = str(caught.value)
    assert f'"{digits[:30]}' in said
    assert "inf" not in said
    assert max(map(len, said.splitlines())) < 200
