"""What a program file may hold, and what is said of everything else: all of it at once, with its place."""

from collections.abc import Iterator, Mapping

import pytest

from tests.program.examples import LIBRARY
from voicecoach.errors import Problem, ProgramError
from voicecoach.model import Breath, Dose, Exercise, Phase, Posture, Program, Sides
from voicecoach.program.parse import parse_program
from voicecoach.units import Range

HIP_SLIDE = """\
title: Morning back care
language: en
intro: A short routine for a stiff lower back.
exercises:
  - cat-cow
  - use: bird-dog
    sets: 2
  - name: Hip slide
    posture: front
    position: Lie on your front.
    steps:
      - Bend one knee.
      - Slide it up.
    phases:
      - {cue: Slide up, seconds: 4, breath: out}
      - {cue: And back, seconds: 4.5, breath: in}
    sets: 1
    reps: 5
    hold: null
    sides: each
    rest: 15s
    cautions: [Do not arch your back.]
"""


def parse(text: str) -> Program:
    return parse_program(text, "a.yaml", LIBRARY)


def first(text: str) -> Exercise:
    return parse(text).exercises[0]


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProgramError) as refusal:
        parse(text)
    return refusal.value.problems


def one(text: str) -> Problem:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def written(fields: str) -> str:
    """Return a program of one written-out exercise with more `fields`, which begin at line 5, column 5."""
    lines = "".join(f"    {line}\n" for line in fields.splitlines())
    return f"title: T\nexercises:\n  - name: N\n    steps: [Step.]\n{lines}"


def test_a_program_mixes_names_changes_and_exercises_written_out() -> None:
    program = parse(HIP_SLIDE)
    assert (program.title, program.language) == ("Morning back care", "en")
    assert program.exercises[0] is LIBRARY["cat-cow"]
    assert program.exercises[1].dose == Dose(sets=Range(2, 2), reps=Range(10, 10), hold=Range(5000, 5000))
    assert program.exercises[2] == Exercise(
        name="Hip slide",
        posture=Posture.FRONT,
        position="Lie on your front.",
        steps=("Bend one knee.", "Slide it up."),
        phases=(
            Phase(cue="Slide up", seconds=4.0, breath=Breath.OUT),
            Phase(cue="And back", seconds=4.5, breath=Breath.IN),
        ),
        dose=Dose(sets=Range(1, 1), reps=Range(5, 5), rest=Range(15_000, 15_000)),
        sides=Sides.EACH,
        cautions=("Do not arch your back.",),
    )


def test_a_change_keeps_the_key_and_everything_it_does_not_name() -> None:
    changed = first("title: T\nexercises: [{use: bird-dog, name: Gentle bird dog, tips: null, reps: 6-8}]")
    assert (changed.key, changed.name, changed.tips) == ("bird-dog", "Gentle bird dog", ())
    assert changed.phases == LIBRARY["bird-dog"].phases
    assert changed.dose.reps == Range(6, 8)


def test_an_empty_hold_takes_the_library_hold_away() -> None:
    changed = first("title: T\nexercises: [{use: bird-dog, hold: null, phases: null}]")
    assert (changed.dose.hold, changed.phases) == (None, ())


class OnlyOnDemand(Mapping[str, Exercise]):
    """A library that remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> Exercise:
        self.asked.append(name)
        return LIBRARY[name]

    def __iter__(self) -> Iterator[str]:
        self.asked.append("all names")
        return iter(LIBRARY)

    def __len__(self) -> int:
        return len(LIBRARY)


def test_only_the_names_that_are_used_are_looked_up() -> None:
    library = OnlyOnDemand()
    parse_program("title: T\nexercises: [cat-cow, {use: cat-cow}]", "a.yaml", library)
    assert library.asked == ["cat-cow", "cat-cow"]


def test_a_rest_of_nothing_is_stated() -> None:
    exercise = first("title: T\nexercises: [{name: N, steps: [S], rest: 0}]")
    assert exercise == Exercise(name="N", steps=("S",), dose=Dose(rest=Range(0, 0)))


def test_a_text_loses_what_cannot_be_seen_and_keeps_its_markup_as_words() -> None:
    text = '"bell\\x07, \\e[2J, \\u202eturn\\u2066, zero\\u200bwidth,\\n <break/> [[x]]"'
    assert first(written(f"position: {text}")).position == "bell, , turn, zerowidth, <break/> [[x]]"


@pytest.mark.parametrize(
    ("dose", "name", "span"),
    [
        ("hold: 30", "hold", Range(30_000, 30_000)),
        ("hold: 20-30s", "hold", Range(20_000, 30_000)),
        ("hold: up to 90s", "hold", Range(90_000, 90_000, open_end=True)),
        ("hold: 1:30", "hold", Range(90_000, 90_000)),
        ("hold: 1h", "hold", Range(3_600_000, 3_600_000)),
        ("rest: 0", "rest", Range(0, 0)),
        ("rest: 10m", "rest", Range(600_000, 600_000)),
        ("duration: 2m", "duration", Range(120_000, 120_000)),
        ("sets: 2-3", "sets", Range(2, 3)),
        ("reps: up to 12", "reps", Range(12, 12, open_end=True)),
        ("breaths: 200", "breaths", Range(200, 200)),
        ('cycles: "4"', "cycles", Range(4, 4)),
    ],
)
def test_a_dose_is_a_number_a_range_or_an_upper_end(dose: str, name: str, span: Range) -> None:
    assert getattr(first(written(dose)).dose, name) == span


@pytest.mark.parametrize("name", ["sets", "reps", "hold", "rest", "duration", "breaths", "cycles"])
@pytest.mark.parametrize(
    "value",
    [
        *[
            "-5",
            "2.5",
            "30-20",
            "true",
            "yes",
            "2024-01-01",
            ".nan",
            ".inf",
            "1e400",
            "1000000000",
            "''",
            "[1]",
            "ten",
            "-1to5",
            "5-",
            "٣",
        ],
        "9" * 30,
        "{a: 1}",
        "'\\x1b[2J'",
    ],
)
def test_a_dose_that_is_none_is_one_problem_at_its_place_with_a_remedy(name: str, value: str) -> None:
    problem = one(written(f"{name}: {value}"))
    assert (problem.line, problem.column) == (5, len(name) + 7)
    assert problem.what.startswith(f"{name}: ")
    assert problem.hint.startswith("write a ")
    assert len(problem.what) < 120


@pytest.mark.parametrize(
    "dose", ["sets: 0", "reps: 0", "hold: 0.9s", "sets: 21", "reps: 201", "hold: 61m", "rest: 601", "duration: 2h"]
)
def test_a_dose_out_of_bounds_is_too_little_or_too_much(dose: str) -> None:
    assert one(written(dose)).what.endswith(("is too little", "is too much"))


def test_a_hold_below_a_second_is_told_its_bounds() -> None:
    assert one(written("hold: 0.5s")).hint == "write a time like 30s or 20-30s, from 1s to 60m"


@pytest.mark.parametrize("fields", ["duration: 2m\nreps: 3", "duration: 2m\nhold: 5s", "breaths: 5\nhold: 5s"])
def test_doses_that_are_all_done_may_stand_together(fields: str) -> None:
    assert first(written(fields)).dose


def test_a_contradiction_and_words_in_braces_have_their_own_place() -> None:
    found = problems(written("sides: left\nbreaths: 2\nduration: 1m\ntips: ['{side}', '{x}', '{other}']"))
    assert [(each.line, each.column) for each in found] == [(7, 15), (8, 22)]


def test_a_duration_needs_its_unit() -> None:
    assert one(written("duration: 5")).what == "duration: 5 has no unit"


@pytest.mark.parametrize(
    ("fields", "what", "hint"),
    [
        ("posture: bak", 'posture cannot be "bak"', "write one of standing, sitting, back, front, side"),
        ("sides: both", 'sides cannot be "both"', "write one of none, each, alternate, left or right"),
        ("cautions: Stop.", 'cautions cannot be "Stop."', "write a list, one item a line"),
        ("tips: [5]", "tips item 1 cannot be 5", "in quotes"),
        ("tips: [Note: this]", "tips item 1 cannot be a mapping", "in quotes"),
        ("position: 4", "position cannot be 4", "in quotes"),
        ("tips: [a, '']", "tips item 2 is empty", "remove it"),
        ("holds: 3", 'an exercise has no field "holds"', "did you mean hold?"),
        ("zzz: 3", 'an exercise has no field "zzz"', "the fields are name"),
        ("dose: {sets: 3}", 'an exercise has no field "dose"', "write sets, reps"),
        ("breaths: 1e3", "breaths: 1000.0 is not written as a whole number", "write a whole number from 1"),
        ("phases: [{cue: a, seconds: 120.0001}]", "seconds: 120.0001 is too much", "at most 120"),
        ("sides: alternate", "alternating sides need reps", "add reps"),
        ("hold: 5s\nreps: 3\nduration: 2m", "duration and reps both say how much is done", "remove the"),
        ("breaths: 4\nduration: 1m", "duration and breaths both say how much", "remove the duration, or the b"),
        (
            "duration: 30s\nphases: [{cue: In, seconds: 40, breath: in}]",
            "duration is 30s, but once takes 40s",
            "lengthen the duration",
        ),
        ("duration: 5s\nhold: 20s", "duration is 5s, but once takes 20s", "lengthen the duration"),
        ("tips: ['Lift your {side} arm.']", "{side} is a side, but the exercise has none", "add sides: each"),
        ("sides: each\ntips: ['{nope}']", "nothing is filled in for {nope}", "only {side} and {other} are"),
        ("sides: each\nleave: 'Lower {side}.'", "nothing is filled in for {side}", "only {side} and {other}"),
        (
            "phases: [{cue: 'Lift {side.x}', seconds: 3}]",
            "nothing is filled in for {side.x}",
            "only {side} and {other} are",
        ),
        ("phases: [{cue: a, hold: true}]", "a phase holds, but the exercise has no hold", "add hold: 5s"),
        (
            "hold: 5s\nphases: [{cue: a, seconds: 3}]",
            "the exercise has a hold, but none of its phases holds",
            "add {cue",
        ),
        ("phases: [{cue: a}]", "phases item 1: has no length", "add seconds: 4, or hold: true"),
        ("hold: 5s\nphases: [{cue: a, hold: true, seconds: 3}]", "phases item 1: holds and has seconds", "remove"),
        ("phases: [{seconds: 3}]", "cue of phases item 1 is missing", "add it"),
        ("phases: [Up]", 'phases item 1 cannot be "Up"', "write a mapping like {cue"),
        (
            "phases: [{cue: a, seconds: 3, breath: up}]",
            'breath of phases item 1 cannot be "up"',
            "write one of in, out",
        ),
        ("phases: [{cue: a, seconds: 3, second: 3}]", 'a phase has no field "second"', "did you mean seconds?"),
        ("phases: [{cue: a, seconds: 3, hold: maybe}]", 'hold of phases item 1 cannot be "maybe"', "true or false"),
        *[
            (
                f"phases: [{{cue: a, seconds: {value}}}]",
                "seconds: ",
                "write a number of seconds above 0 and at most 120",
            )
            for value in ("0", "-1", "121", "true", ".nan", ".inf", "4s", "[4]")
        ],
    ],
)
def test_a_wrong_field_is_told_in_plain_words_with_a_remedy(fields: str, what: str, hint: str) -> None:
    problem = one(written(fields))
    assert problem.what.startswith(what)
    assert hint in problem.hint
    assert problem.line >= 5


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("title: T", "exercises is missing", "add it"),
        ("exercises: [cat-cow]", "title is missing", "add it"),
        ("title: ''\nexercises: [cat-cow]", "title is empty", "write a few words"),
        (f"title: {'x' * 201}\nexercises: [cat-cow]", "title has 201 characters", "at most 200"),
        (f"title: {'x' * 1001}\nexercises: [cat-cow]", "a text of 1,001 characters", "at most 1,000"),
        ("title: 5\nexercises: [cat-cow]", "title cannot be 5", "in quotes"),
        ("title: T\nexercises: []", "the program has no exercises", "at least one"),
        ("title: T\nexercises:", "exercises is missing", "add it"),
        ("title: T\nexercises: cat-cow", 'exercises cannot be "cat-cow"', "write a list"),
        (f"title: T\nexercises: [{'cat-cow,' * 101}]", "the program has 101 exercises", "keep to 100"),
        ("title: T\nlanguage: english language\nexercises: [cat-cow]", "language is not a language tag", "en-GB"),
        ("title: T\nexercise: 3\nexercises: [cat-cow]", 'a program has no field "exercise"', "did you mean exercises?"),
        ("title: T\nexercises: [cat-cwo]", 'the library has no exercise "cat-cwo"', "did you mean cat-cow?"),
        ("title: T\nexercises: [{use: bird-dgo}]", 'the library has no exercise "bird-dgo"', "did you mean bird-dog?"),
        ("title: T\nexercises: [zzzz]", 'the library has no exercise "zzzz"', "voicecoach list"),
        ("title: T\nexercises: [{use: [a]}]", "use cannot be a list", "write the name"),
        ("title: T\nexercises: [{cat-cow: {sets: 2}}]", "cat-cow is no field of an exercise", "write `use: cat-cow`"),
        ("title: T\nexercises: [5]", "an exercise cannot be 5", "write a library name"),
        ("title: T\nexercises: [null]", "an exercise cannot be nothing", "write a library name"),
        ("title: T\nexercises: [{use: bird-dog, hold: null}]", "a phase holds, but", "add hold"),
        ("name: N\nsteps: [S]", "this is one exercise and no program", "put it under `exercises:`"),
        ("- a", "a program cannot be a list", "begin with `title:`"),
        ("hello", 'a program cannot be "hello"', "begin with `title:`"),
        (f"title: T\nexercises: [{{name: N, steps: [{'S,' * 61}]}}]", "steps has 61 items", "keep to 60"),
        ("title: T\nexercises: [{name: N, steps: []}]", "steps is empty", "write at least one"),
        ("title: T\nexercises: [{use: bird-dog, sets: 20, hold: 1h}]", "the doses add up to more than 24 h", "lower"),
    ],
)
def test_a_wrong_program_is_told_in_plain_words_with_a_remedy(text: str, what: str, hint: str) -> None:
    problem = one(text)
    assert problem.what.startswith(what)
    assert hint in problem.hint
    assert problem.line > 0


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "titel: T\ntitle: 5\nexercises:\n"
        "  - cat-cwo\n  - {use: bird-dog, sets: 0, holds: 3}\n  - {name: N, sides: both}\n"
    )
    assert [(each.line, each.column, each.what) for each in problems(text)] == [
        (1, 1, 'a program has no field "titel"'),
        (2, 8, "title cannot be 5"),
        (4, 5, 'the library has no exercise "cat-cwo"'),
        (5, 27, "sets: 0 is too little"),
        (5, 30, 'an exercise has no field "holds"'),
        (6, 5, "steps is missing"),
        (6, 22, 'sides cannot be "both"'),
    ]


def test_one_mistake_is_not_told_twice() -> None:
    one(written("hold: soon\nphases: [{cue: a, hold: true}]"))
    one(written("sides: alternate\nreps: many"))


def test_thousands_of_problems_are_counted_and_not_listed() -> None:
    found = problems(written(f"tips: [{'5,' * 2000}]"))
    assert len(found) == 101
    assert found[-1].what == "1,900 more problems from here on"


def test_the_message_is_one_line_a_problem_that_editors_can_follow() -> None:
    with pytest.raises(ProgramError) as refusal:
        parse("title: T\nexercises: [cat-cwo, 5]")
    lines = str(refusal.value).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["a.yaml:2:13:", "a.yaml:2:22:"]
