"""The library's own files, read in their plain form, against the reading that checks everything."""

import pytest

from voicecoach import library
from voicecoach.library import exercise_names, exercises, program_names, program_text
from voicecoach.program.parse import parse_exercise, parse_program
from voicecoach.program.trusted import trusted_exercise, trusted_program


@pytest.mark.parametrize("name", exercise_names())
def test_an_exercise_reads_as_it_does_where_it_is_checked(name: str) -> None:
    text = library._texts()[name]
    trusted, checked = trusted_exercise(text, name), parse_exercise(text, name, name)
    assert trusted == checked
    assert repr(trusted) == repr(checked)


@pytest.mark.parametrize("name", program_names())
def test_a_program_reads_as_it_does_where_it_is_checked(name: str) -> None:
    text = program_text(name)
    trusted, checked = trusted_program(text, exercises()), parse_program(text, name, exercises())
    assert trusted == checked
    assert repr(trusted) == repr(checked)


@pytest.mark.parametrize("name", [*exercise_names(), *program_names()])
def test_a_file_of_the_library_keeps_to_the_plain_form(name: str) -> None:
    text = library._texts()[name]
    assert not set(text) & set('"\t#&*|>!%@`')
    assert all(len(line) - len(line.lstrip()) in {0, 2, 4, 6} for line in text.splitlines())
