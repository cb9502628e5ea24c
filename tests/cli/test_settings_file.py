"""A settings file is found, read, and known line by line; what is no TOML is told with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bounds import within_cpu_s
from voicecoach.cli.settings.toml_file import key_lines, parse_config, read_config
from voicecoach.cli.settings.values import ConfigError, is_absent
from voicecoach.errors import FileError
from voicecoach.paths import config_path
from voicecoach.phrases import Phrases
from voicecoach.phrases.own import own_variants

DOCUMENT = '''\
# the first line says nothing
pace = "slow"
hold = [
    "childs-pose=30s",
    "20s",
]

text = """
[play]
not = "a key"
"""
a.b.c = 1
[play]   # a table
output = "null"
"quoted key" = { inner = 1 }

[words.en.cues]

half-way = "Half"
[[many]]
x = 1
'''

LINES = {
    ("pace",): 2,
    ("hold",): 3,
    ("text",): 8,
    ("a",): 12,
    ("a", "b"): 12,
    ("a", "b", "c"): 12,
    ("play",): 13,
    ("play", "output"): 14,
    ("play", "quoted key"): 15,
    ("play", "quoted key", "inner"): 15,
    ("words",): 17,
    ("words", "en"): 17,
    ("words", "en", "cues"): 17,
    ("words", "en", "cues", "half-way"): 19,
    ("many",): 20,
    ("many", "x"): 21,
}

BROKEN = {
    "pace = slow": "f.toml:1: this is no TOML: invalid value at column 8",
    'pace = "slow"\n\nrate 5\n': "f.toml:3: this is no TOML: expected '=' after a key",
    'a = 1\nb = """\nopen': "f.toml:3: this is no TOML:",
    "a = 1\na = 2\n": "f.toml:2: this is no TOML: cannot overwrite a value",
    "[play\n": "f.toml:1: this is no TOML:",
}


def test_every_key_and_table_has_the_line_it_stands_on() -> None:
    assert key_lines(DOCUMENT) == LINES


@given(st.lists(st.sampled_from(["", "# a comment", 'x{} = "y"', "x{} = [\n  1,\n]", "x{} = '''\n[a]\n'''"])))
def test_the_line_of_a_key_is_where_its_name_is_written(statements: list[str]) -> None:
    text = "\n".join(each.format(number) for number, each in enumerate(statements))
    written = text.split("\n")
    lines = key_lines(text)
    assert len(lines) == sum("{}" in each for each in statements)
    assert all(written[line - 1].startswith(f"{name} = ") for (name,), line in lines.items())


@pytest.mark.parametrize(("text", "said"), BROKEN.items())
def test_a_broken_file_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "f.toml")
    assert str(caught.value).startswith(said)
    assert caught.value.exit_code == 1


def test_a_file_nested_without_end_is_refused() -> None:
    with pytest.raises(ConfigError, match="nested too deeply"):
        parse_config("a = " + "[\n" * 20_000, "f.toml")


LONG = {
    "a = " + "1" * 5000: "f.toml:1: the line is longer than 1000 characters; break it up",
    "b = 1\n" + ".".join("a" * 2000) + " = 1": "f.toml:2: the line is longer than 1000 characters",
    ".".join("a" * 20_000) + " = 1": "f.toml:1: the line is longer than 1000 characters",
    "b = 1\na = [\n" + "1,\n" * 5000 + "]": "f.toml:2: a setting is longer than 100 lines; shorten it",
}


@pytest.mark.parametrize(("text", "said"), LONG.items(), ids=range(len(LONG)))
def test_what_would_take_long_to_read_is_refused_at_once(text: str, said: str) -> None:
    with within_cpu_s(10), pytest.raises(ConfigError) as caught:
        parse_config(text, "f.toml")
    assert str(caught.value).startswith(said)


def test_a_dotted_key_as_long_as_a_line_is_read() -> None:
    assert len(parse_config(".".join("a" * 490) + " = 1", "f.toml").lines) == 490


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text("# much\n" * 10_000, encoding="ascii")
    with pytest.raises(FileError, match=r"too large|larger"):
        read_config(tmp_path / "f.toml")


def test_the_file_is_in_the_platforms_folder_for_settings(home: Path) -> None:
    path = config_path({})
    assert path.name == "config.toml"
    assert path.parent.name == "voicecoach"
    assert home in path.parents


def test_a_variable_names_another_file(home: Path) -> None:
    assert config_path({"VOICECOACH_CONFIG": "~/mine.toml"}) == home / "mine.toml"
    assert config_path({"VOICECOACH_CONFIG": "mine.toml"}) == Path.cwd() / "mine.toml"
    assert config_path({"VOICECOACH_CONFIG": ""}) == config_path({})


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none.toml").table == {}
    assert is_absent(tmp_path / "none" / "none.toml")
    assert is_absent(Path("/dev/null")) or not Path("/dev/null").exists()


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="this is a folder"):
        read_config(tmp_path)


PHRASES = Phrases(
    {
        "language": "en",
        "said": {"&": " and "},
        "fractions": {"1/2": ["half", "a half"]},
        "join": " and ",
        "range": " to ",
        "safety": {"full": ["Stop if it hurts."]},
        "cues": {
            "half-way": [["Half-way", "Half"]],
            "switch": [["Switch. Now the {side} side.", "{side} side."]],
            "next": [["Next: {name}."]],
            "next-set": [["Next: set {number} of {total}."]],
            "caution": [["Take care. {text}"]],
            "move": [[]],
        },
    }
)

ACCEPTED = {
    "a text is one wording": ("half-way", "Half done", (("Half done",),)),
    "a list of texts is one variant": ("half-way", ["Half done", "Half"], (("Half done", "Half"),)),
    "lists are variants": ("half-way", [["Half done"], ["There", "Half"]], (("Half done",), ("There", "Half"))),
    "braces are filled in": ("switch", "The {side} side.", (("The {side} side.",),)),
    "a number may be left out": ("next-set", "The next set.", (("The next set.",),)),
    "a cue without words may get some": ("move", "Now", (("Now",),)),
}

REFUSED = {
    "a cue that is none": ("half-wy", "Half", 'there is no cue "half-wy"; did you mean half-way?'),
    "a brace that the cue does not fill": ("half-way", "{name}", "no {name} to fill in; it is plain words"),
    "another brace than the cue's": ("switch", "{name} {side}", "no {name} to fill in; it offers {side}"),
    "a number's form": ("next-set", "{number:>5}", "no {number:>5} to fill in; it offers {number} and {total}"),
    "an attribute": ("next", "{name.__class__}", "no {name.__class__} to fill in"),
    "no name in the braces": ("next", "{}", "no {} to fill in"),
    "a brace alone": ("next", "{name", '"{name" has a brace without its partner'),
    "a side that is not said": ("switch", "Change over.", "each wording needs {side}"),
    "a caution without its text": ("caution", "Take care.", "each wording needs {text}"),
    "a shorter wording without it": ("switch", ["The {side} side.", "Switch"], "each wording needs {side}"),
    "no words": ("half-way", "", "a wording is empty"),
    "nothing that is heard": ("half-way", " ** ", "a wording is empty"),
    "an empty list": ("half-way", [], "a cue needs words"),
    "an empty variant": ("half-way", [["Half"], []], "a cue needs words"),
    "a number for words": ("half-way", 5, "this is no wording"),
    "a number among words": ("half-way", ["Half", 5], "these are no wordings"),
    "a table": ("half-way", {"a": "b"}, "this is no wording"),
}


@pytest.mark.parametrize(("cue", "value", "variants"), ACCEPTED.values(), ids=ACCEPTED)
def test_own_wordings_may_be_written_short(cue: str, value: object, variants: tuple[tuple[str, ...], ...]) -> None:
    assert own_variants(PHRASES, cue, value) == variants


@pytest.mark.parametrize(("cue", "value", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_said_at_its_moment_is_refused(cue: str, value: object, said: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the sentence is what is claimed
        own_variants(PHRASES, cue, value)
    assert said in str(caught.value)


def test_own_wordings_stand_in_the_place_of_a_languages_and_leave_the_rest() -> None:
    own = PHRASES.reworded({"half-way": (("Half done",),)})
    assert own.wordings("half-way") == ("Half done",)
    assert own.wordings("next", name="Plank") == ("Next: Plank.",)
    assert own.safety(full=True) == PHRASES.safety(full=True)
    assert PHRASES.wordings("half-way") == ("Half-way", "Half")


def test_without_own_wordings_the_phrases_stay_the_very_same() -> None:
    assert PHRASES.reworded({}) is PHRASES
