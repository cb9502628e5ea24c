"""Programs are told from pages by what a program must have, mistakes and all."""

import io
import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.bounds import within_cpu_s
from tests.program.examples import programs
from voicecoach import library
from voicecoach.errors import ProgramError
from voicecoach.program.compose import compose_program
from voicecoach.program.detection import is_program
from voicecoach.program.parse import parse_program

FILES = sorted(
    each.read_text(encoding="utf-8")
    for each in resources.files("voicecoach.library").iterdir()
    if each.name.endswith(".yaml")
)
TITLED = [each for each in FILES if each.startswith("title:")]


def in_brackets(text: str) -> str:
    yaml = YAML(typ="safe", pure=True)
    tree = yaml.load(text)
    yaml.default_flow_style = True
    flow = io.StringIO()
    yaml.dump(tree, flow)
    return flow.getvalue()


FORMS = {
    "as it is": lambda text: text,
    "below a mark": "---\n{}".format,
    "below a comment": "# mine\n\n{}".format,
    "with a byte order mark": "\ufeff{}".format,
    "ended by a mark": "{}---\n".format,
    "with Windows lines": lambda text: text.replace("\n", "\r\n"),
    "indented": lambda text: "".join(f"  {line}\n" for line in text.splitlines()),
    "as JSON": lambda text: json.dumps(YAML(typ="safe", pure=True).load(text)),
    "as JSON over lines": lambda text: json.dumps(YAML(typ="safe", pure=True).load(text), indent=1),
    "in brackets": in_brackets,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_program_of_the_library_is_told_in_every_form(form: str) -> None:
    assert TITLED
    assert [text for text in FILES if not is_program(FORMS[form](text))] == []


@given(programs())
@settings(deadline=None, max_examples=50)
def test_what_is_composed_is_told(program: object) -> None:
    assert is_program(compose_program(program))  # type: ignore[arg-type]


@given(st.data(), st.sampled_from(TITLED), st.sampled_from(["as it is", "as JSON over lines", "in brackets"]))
@settings(deadline=None, max_examples=300)
def test_a_program_with_one_mistake_is_still_told(data: st.DataObject, text: str, form: str) -> None:
    text = FORMS[form](text)
    at = data.draw(st.integers(1, len(text) - 1))
    written = data.draw(st.sampled_from(["", *"\"'[]{}:,-#\t x\n&*!%@`|>"]))
    assert is_program(text[:at] + written + text[at + (not written) :])


@given(st.data(), st.sampled_from(TITLED))
@settings(deadline=None, max_examples=100)
def test_a_program_without_one_of_its_lines_is_still_told(data: st.DataObject, text: str) -> None:
    lines = text.splitlines(keepends=True)
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    assert is_program("".join(lines))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("titel: A\nexercises: [cat-cow]\n", "a:1:1:"),
        ("title: A\nexercices: [cat-cow]\n", "a:2:1:"),
        ("title: A\nworkout:\n  - cat-cow\n", "a:2:1:"),
        ("title: A\nexercises\n  - cat-cow\n", "a:4:1: a line that is no field"),
        ("title A\nexercises:\n  - cat-cow\n", "a:2:10:"),
        ("title: A\nexercises: []\n", "the program has no exercises"),
        ("title: A\n", "a:1:1:"),
        ("exercises: [cat-cow]\n", "a:1:1:"),
        ("exercises:\n  - name: A\n    hold: 5s\n", "a:2:5:"),
        ("name: Plank\nsteps: [Hold it.]\n", "this is one exercise and no program"),
        ("title: A\nexercises: [cat-cow, {use: bird-dog\n", "a:3:1:"),
        ("title: A\nexercises: [cat-cow]\n---\ntitle: B\nexercises: [cat-cow]\n", "a second document"),
        ('{"title": "A", "exercises": ["cat-cow"}', "a:1:"),
        ('{"title: "A", "exercises": ["cat-cow"]}', "a:1:"),
        ('{"titel": "A", "exercises": ["cat-cow"]}', "a:1:"),
        ('[{"name": "A", "steps": "x"}, {"use": "cat-cow"}]', "a:1:"),
        ('{"exercises": [{"name": "A", "steps": ["B"', "a:1:"),
    ],
)
def test_a_damaged_program_is_told_with_its_place_and_never_read_as_a_page(text: str, fault: str) -> None:
    assert is_program(text)
    with pytest.raises(ProgramError) as told:
        parse_program(text, "a", library.exercises())
    assert fault in str(told.value)


PAGES = {
    "front matter with a list": "---\ntitle: Hips\ntags:\n  - yoga\n---\n\n## Bridge\n\nLift your hips.\n",
    "exercises in front matter": "---\ntitle: Hips\nexercises:\n  - bridge\n---\n\nLift your hips.\n",
    "front matter alone": "---\ntitle: Hips\ndate: today\ndraft: no\ntags: [yoga]\n---\n",
    "exercises of another program": "---\nname: Hips\nid: hips\nrest: 5\nexercises:\n  - name: Bridge\n"
    "    duration: 90\n    notes: Lift your hips.\n---\n",
    "one exercise of another program": '---\ndate: 2021\ntitle: Push-up\nurl: /push-up\nexercise: "Push-up"\n'
    "steps: [Get down.]\nmuscles: [Chest]\n---\n",
    "Windows lines": "---\r\ntitle: Hips\r\ntags: [yoga]\r\n---\r\n\r\nLift your hips.\r\n",
    "JSON of another program": '{"title": "Yin", "date": "2025", "block": 1, "sections": [{"type": "R", '
    '"exercises": [{"name": "Butterfly", "steps": "Sit."}]}]}',
    "a labelled title": "Title: Hips\nExercises:\n1. Bridge\nLift your hips.\n",
    "a title and prose": "title: Hips\n\nLie on your back.\nLift your hips.\n",
    "a link": "[Back](index.html)\n\n# Bridge\n",
    "a template": "{% include head.html %}\n\n# Bridge\n\nLift your hips.\n",
    "attributes": '{data-type="article" xml:lang="cs"}\n\n# Most\n',
    "HTML": "<!doctype html><title>exercises: [a]</title><h1>title: B</h1>",
    "a heading": "# Exercises\n\nexercises: do these three times a week.\nStop when it hurts.\n",
    "nothing": "",
    "blank lines": "\n \n\t\n",
    "comments": "# a\n# b\n",
    "a mark": "---\n",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_no_program(page: str) -> None:
    assert not is_program(page)


@pytest.mark.parametrize(
    "piece",
    ["\n", " ", "\t", "# a\n", "---\n", "a: b\n", '"\\', "'", "[", "{", "{,", "[[", "exercises ", "- {a,", ": "],
)
@pytest.mark.parametrize("begin", ["", "{", "a: ", "title: a\n"])
def test_no_text_takes_long_to_tell(piece: str, begin: str) -> None:
    text = begin + piece * (4_000_000 // len(piece))
    with within_cpu_s(10):
        is_program(text)
