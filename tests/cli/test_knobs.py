"""Every knob can be turned in every way, is remembered, told and documented: the rows are walked."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from typer.main import get_command

from tests.cli.conftest import Cli
from tests.fakes import session_of
from voicecoach.cli.app import app
from voicecoach.cli.memory import kept_flags, kept_pacing, merge_pacings
from voicecoach.cli.settings.flags import parse_pacing
from voicecoach.errors import UsageError
from voicecoach.knobs import KNOBS, Knob, can_be_given, knob_words
from voicecoach.model import Pacing
from voicecoach.plot.session import pacing_words

DOCS = Path(__file__).parents[2]

every_knob = pytest.mark.parametrize("knob", KNOBS, ids=lambda knob: knob.flag)


def other(knob: Knob) -> str:
    """Return a value that shells are offered and that is not the one that holds anyway."""
    return next(text for text in knob.offered if text != knob.default)


def parsed(knob: Knob) -> Pacing:
    text = other(knob)
    return parse_pacing({knob.name: [text] if knob.is_dose else text}, given=frozenset({knob.name}))


def told(cli: Cli, *arguments: str, **env: str) -> object:
    done = cli("script", "bird-dog", *arguments, "--json", env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["pacing"]


@every_knob
def test_a_flag_a_file_and_a_variable_turn_it_alike(cli: Cli, tmp_path: Path, knob: Knob) -> None:
    text = other(knob)
    by_flag = told(cli, f"--{knob.flag}", text)
    assert by_flag != told(cli)
    config = tmp_path / "config.toml"
    for place in ("", "[script]\n"):
        config.write_text(f'{place}{knob.flag} = "{text}"\n', encoding="utf-8")
        assert told(cli, VOICECOACH_CONFIG=str(config)) == by_flag
    for command in ("", "SCRIPT_"):
        assert told(cli, **{f"VOICECOACH_{command}{knob.name.upper()}": text}) == by_flag


@every_knob
def test_it_is_remembered_by_resume_and_a_flag_given_now_is_over_it(knob: Knob) -> None:
    turned = parsed(knob)
    session = replace(session_of("bird-dog"), pacing=turned)
    kept = kept_pacing(json.loads(json.dumps(kept_flags(session, session, ""))))
    assert kept == turned
    assert can_be_given(kept)
    assert merge_pacings(Pacing(), turned, frozenset({knob.name})) == turned
    assert merge_pacings(turned, Pacing(), frozenset()) == turned


@every_knob
def test_a_session_that_was_kept_before_it_came_is_gone_on_with(knob: Knob) -> None:
    session = session_of("bird-dog")
    kept = kept_flags(session, session, "")
    if not knob.is_dose:
        del kept["pacing"][knob.field]
    assert kept_pacing(kept) == Pacing()


@every_knob
def test_it_is_told_where_a_pacing_is_told(cli: Cli, knob: Knob) -> None:
    words = [each for each in knob_words(parsed(knob)) if each not in knob_words(Pacing())]
    assert [each.partition(" ")[0] for each in words] == [knob.flag]
    if knob.flag != "rate":  # which is told as the words a minute that the voice reaches
        assert words[0] in pacing_words(parsed(knob), "en", 130)
    shown = cli("show", "bird-dog", f"--{knob.flag}", other(knob)).stdout
    told = "With lead-in" if knob.flag == "fit" else f"With {words[0]}"
    assert told in shown or words[0] in shown


@every_knob
def test_what_holds_anyway_is_what_the_row_says(knob: Knob) -> None:
    if knob.default:
        assert knob.parse(knob.default) == getattr(Pacing(), knob.field)


@every_knob
@pytest.mark.parametrize("text", ["", "bogus", "-1", "99999999", "nan", "\x1b[31m"])
def test_what_it_does_not_take_is_refused_with_a_hint(knob: Knob, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        knob.parse(text)
    assert refused.value.hint


@every_knob
@pytest.mark.parametrize("page", ["README.md", "docs/configuration.md"])
def test_it_is_documented(knob: Knob, page: str) -> None:
    assert f"`--{knob.flag}`" in (DOCS / page).read_text(encoding="utf-8")


def test_the_table_of_the_docs_is_that_of_the_rows() -> None:
    page = (DOCS / "docs" / "configuration.md").read_text(encoding="utf-8")
    for knob in KNOBS:
        choices = knob.said or ", ".join(knob.offered)
        row = f"| `--{knob.flag}` | {choices} | {knob.default or '-'} | {knob.touches} |"
        assert row in page


def test_every_field_of_a_pacing_is_that_of_a_knob_or_settled_by_one() -> None:
    settled = {"lead_in_given", "fitted"}
    assert {each.name for each in fields(Pacing)} == {knob.field for knob in KNOBS} | settled


def test_every_command_that_paces_has_all_knobs_in_their_order() -> None:
    root = get_command(app)
    for name in ("show", "script", "play", "export"):
        flags = [each.name for each in root.load(name).params]  # type: ignore[attr-defined]
        assert [each for each in flags if each in {knob.name for knob in KNOBS}] == [k.name for k in KNOBS]
