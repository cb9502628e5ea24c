"""Bytes to text, text to blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bounds import within_cpu_s
from voicecoach.articles.block import Kind, clean, sentences
from voicecoach.articles.decode import decode
from voicecoach.articles.intake import MOST_LINES, MOST_TEXT, read_page
from voicecoach.articles.markup import tokens

CZECH = "Přitáhněte koleno, držte 10 vteřin."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (CZECH.encode(), CZECH),
        (CZECH.encode("utf-8-sig"), CZECH),
        (CZECH.encode("utf-16"), CZECH),
        (CZECH.encode("cp1250"), CZECH),
        ("Étirement du dos, à gauche".encode("cp1252"), "Étirement du dos, à gauche"),
        (b'<meta charset="iso-8859-2">' + "žebřík".encode("iso-8859-2"), '<meta charset="iso-8859-2">žebřík'),
        (b"<meta charset=latin-1>\x96", "<meta charset=latin-1>–"),  # noqa: RUF001 - it is the point
        (b"<meta charset=hex>abc", "<meta charset=hex>abc"),
        (b"", ""),
    ],
)
def test_bytes_are_read_in_the_encoding_they_are_in(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@given(st.binary())
def test_any_bytes_are_some_text(raw: bytes) -> None:
    assert isinstance(decode(raw), str)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("pel\u00advis", "pelvis"),
        ("5\u00a0sec", "5 sec"),
        ("bend back.Then rest", "bend back. Then rest"),
        ("see www.Site.Com", "see www. Site. Com"),
        ("a\u200bb  c\n", "ab c"),
    ],
)
def test_a_line_is_cleaned_of_what_cannot_be_seen(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hold 5 sec. Repeat.", ["Hold 5 sec.", "Repeat."]),
        ("Wait approx. five s.", ["Wait approx. five s."]),
        ("breathe in -> lift -> lower", ["breathe in", "lift", "lower"]),
        ("“Lie down.” Then rest!", ["“Lie down.”", "Then rest!"]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_the_next_begins(text: str, parts: list[str]) -> None:
    assert [words for _, words in sentences(text)] == parts


@given(st.text())
def test_sentences_stand_where_they_say(text: str) -> None:
    assert all(text[at : at + len(words)] == words for at, words in sentences(text))


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("# Plank\n\n- hold\n", [(Kind.HEADING, "Plank", 1), (Kind.ITEM, "hold", 3)]),
        ("Plank\n=====\ntext", [(Kind.HEADING, "Plank", 1), (Kind.TEXT, "text", 3)]),
        ("1) lie\n2) lift", [(Kind.ITEM, "lie", 1), (Kind.ITEM, "lift", 2)]),
        ("**Plank** and [more](x)", [(Kind.TEXT, "Plank and more", 1)]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [(Kind.ROW, "1 | 2", 3)]),
        ("<script>\nvar x\n</script>\ntext", [(Kind.TEXT, "text", 4)]),
        ("```\ncode\n```\ntext", [(Kind.TEXT, "text", 4)]),
        ("---\ntitle: Plank\nreps: 5\n---\ntext", [(Kind.TEXT, "Reps: 5", 3), (Kind.TEXT, "text", 5)]),
        ("<html>\n<p>one\n<p>two<br>three", [(Kind.TEXT, "one", 2), (Kind.TEXT, "two", 3), (Kind.TEXT, "three", 3)]),
        (
            "<html><h2>A &amp; B</h2><ul><li>c<li>d</ul>",
            [(Kind.HEADING, "A & B", 1), (Kind.ITEM, "c", 1), (Kind.ITEM, "d", 1)],
        ),
        ("<html><nav>menu</nav><style>p{}</style><!-- no --><p>yes", [(Kind.TEXT, "yes", 1)]),
        ("<html><table><tr><th>a</th><td>b</td></tr></table>", [(Kind.ROW, "a | b", 1)]),
        ("<html><table><tr><td>one cell</td></tr></table>", [(Kind.TEXT, "one cell", 1)]),
        ("<html><p>broken <b>bold<p>on <a href='x>y'>z</a", [(Kind.TEXT, "broken bold", 1), (Kind.TEXT, "on z</a", 1)]),
        ("", []),
    ],
)
def test_a_page_is_a_row_of_blocks(page: str, blocks: list[tuple[Kind, str, int]]) -> None:
    assert [(each.kind, each.text, each.line) for each in read_page(page).blocks] == blocks


def test_lines_that_were_wrapped_by_hand_are_one_and_know_their_own_line() -> None:
    page = "Lie on your back with both knees bent and your arms by\n"
    page += "your sides, and lift your hips off the floor, so that your\nback is straight. Hold.\n"
    (block,) = read_page(page).blocks
    assert "by your sides" in block.text
    assert [block.line_at(block.text.index(word)) for word in ("Lie", "sides", "Hold")] == [1, 2, 3]


def test_a_page_whose_frame_is_named_like_a_piece_of_furniture_is_read_all_the_same() -> None:
    page = "<html><div class='sidebar'><p>" + "Lie on your back and lift your hips. " * 5 + "</div>"
    assert read_page(page).blocks


def test_text_at_any_depth_is_read() -> None:
    page = "<html>" + "<div>" * 5000 + "<p>deep" + "</div>" * 5000 + "<p>end"
    assert [block.text for block in read_page(page).blocks] == ["deep", "end"]


def test_what_is_too_much_is_left_out_and_told() -> None:
    page = read_page("Lie on your back.\n" * 100_000)
    assert sum(len(block.text) for block in page.blocks) <= MOST_TEXT
    assert "beyond the first" in page.furniture[-1].noise


@given(st.text(alphabet="<>/!-='\"ab &;#script \n", max_size=300))
def test_any_markup_is_read_without_failing(page: str) -> None:
    read_page("<html>" + page)
    list(tokens(page))


@given(st.text(alphabet="#*-_|[]()!.:1aB \n\t`~=+&;<>", max_size=300))
def test_any_plain_text_is_read_without_failing(page: str) -> None:
    for block in read_page(page, name="x.md").blocks:
        assert block.line_at(len(block.text) // 2) >= block.line


LONG = 100_000


@pytest.mark.parametrize(
    "page",
    [
        "<!--" * LONG, "<a " * LONG, "<p a='" * LONG, "&#" * LONG, "<" * LONG, "<b><i>" * LONG,
        "<script>" * LONG, "<table><tr><td>" * 25_000, '<a "\'>' * LONG, "<ul><li>x" * 25_000,
    ],
    ids=lambda page: page[:12],
)  # fmt: skip
def test_hostile_markup_takes_seconds_and_not_hours(page: str) -> None:
    with within_cpu_s(20):
        read_page("<html>" + page)


def test_lines_beyond_the_most_are_told_as_left_out() -> None:
    page = read_page("# a\n" * (MOST_LINES + 5), name="x.md")
    assert len(page.blocks) <= MOST_LINES
    assert "all that is read" in page.furniture[-1].noise
