"""Errors keep their facts, say one sentence, and carry nothing that steers a terminal."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import (
    FileError,
    Problem,
    ProgramError,
    UnknownNameError,
    UsageError,
    VoicecoachError,
    did_you_mean,
    near_matches,
    plain,
)

NAMES = ("bird-dog", "cat-cow", "childs-pose", "knee-to-chest", "pelvic-tilt")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("bell\x07 and\x1b[2J escape", "bell and escape"),
        ("\x1b[1;31mred\x1b[0m \x9b2Jgone", "red gone"),
        ("\x1b]0;title\x07named \x1b]8;;http://x\x1b\\link", "named link"),
        ("\x1b]open to the end", "]open to the end"),
        ("\u202eturned\u202c and \u2066isolated\u2069", "turned and isolated"),
        ("zero\u200bwidth\u2060 and \ufeffmark", "zerowidth and mark"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone \ud800surrogate", "lone surrogate"),
        (" folded \t\n\r\u00a0\u2028 space ", "folded space"),
        ("a \x07 b", "a b"),
        ("Bílková - größer - 背中", "Bílková - größer - 背中"),
        ("<break/> [[h@loU]]", "<break/> [[h@loU]]"),
    ],
)
def test_what_cannot_be_seen_is_left_out_of_a_text(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text())
def test_a_plain_text_is_printable_and_stays_as_it_is(text: str) -> None:
    assert plain(text).isprintable()
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("name", "best"),
    [("bird_dog", "bird-dog"), ("CAT-COW", "cat-cow"), ("knee", "knee-to-chest"), ("childspose", "childs-pose")],
)
def test_a_name_that_is_nearly_right_is_offered(name: str, best: str) -> None:
    assert near_matches(name, NAMES)[0] == best


def test_nothing_is_offered_for_a_name_like_no_other() -> None:
    assert near_matches("zzzz", NAMES) == ()
    assert did_you_mean(()) == ""


def test_an_unknown_name_keeps_its_facts_and_offers_the_near_ones() -> None:
    error = UnknownNameError("exercise", "bird-dgo", NAMES)
    assert (error.kind, error.name, error.near) == ("exercise", "bird-dgo", ("bird-dog",))
    assert str(error) == 'there is no exercise "bird-dgo"; did you mean bird-dog?'


@pytest.mark.parametrize(
    "error",
    [
        UnknownNameError("session", "\x1b[2Jx", NAMES),
        FileError("\x1b[2Jx.yaml", "no such file"),
        ProgramError("\x1b[2Jx.yaml", [Problem(1, 2, "what")]),
    ],
)
def test_a_name_from_outside_cannot_steer_the_terminal(error: VoicecoachError) -> None:
    assert "\x1b" not in str(error)


@pytest.mark.parametrize(
    "error",
    [
        FileError("a.yaml", "the disk is full", "free some space"),
        UnknownNameError("exercise", "bird", NAMES),
        ProgramError("a.yaml", [Problem(2, 3, "no title")]),
        UsageError("no"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_whole_out_of_another_process(error: VoicecoachError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(again) is type(error)
    assert (str(again), again.exit_code, vars(again)) == (str(error), error.exit_code, vars(error))


def test_a_file_error_says_file_fault_and_remedy_in_one_sentence() -> None:
    assert str(FileError("a.yaml", "no such file", "check the name")) == "a.yaml: no such file; check the name"


def test_the_problems_of_a_program_come_in_the_order_of_their_lines() -> None:
    error = ProgramError("a.yaml", [Problem(9, 1, "later"), Problem(0, 0, "whole"), Problem(2, 3, "sooner", "mend it")])
    assert str(error).splitlines() == ["a.yaml: whole", "a.yaml:2:3: sooner; mend it", "a.yaml:9:1: later"]


def test_wrong_usage_has_an_exit_code_of_its_own() -> None:
    assert (VoicecoachError("x").exit_code, UsageError("x").exit_code) == (1, 2)
