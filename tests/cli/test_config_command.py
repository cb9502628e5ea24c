"""Settings in a file and in variables hold for real commands, and what is wrong with them is told at once."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.running import sentence
from tests.conftest import Run
from voicecoach.cli.commands.config import EXAMPLE
from voicecoach.cli.settings.toml_file import parse_config
from voicecoach.paths import PATH_VARIABLES

GUIDE = Path(__file__).parents[2] / "docs" / "configuration.md"

WRONG = {
    'pace = "slwo"': 'pace: "slwo" is no pace; did you mean slow?',
    'pcae = "slow"': 'pcae: there is no setting "pcae"; did you mean pace?',
    "rate = true": 'rate: true is no value for this flag; write "WPM"',
    'rate = "quick"': 'rate: "quick" cannot be read; write 60 to 400',
    "rate = 9999": "rate: 9999 is out of reach; write 60 to 400",
    'pace = ["slow"]': 'pace: ["slow"] is no value for this flag; write "PACE"',
    "hold = [true]": 'hold: [true] is no value for this flag; write "[NAME=]TIME", or a list of them',
    'hold = ["20s", "30s"]': "hold: --hold is given twice, with two values; leave one out",
    'plain = "yes"': "plain: this flag is on or off; write true or false, without quotes",
    "breath = 1979-05-27": 'breath: "1979-05-27" is no value for this flag; write "IN-OUT"',
    'lead_in = "8s"': 'lead_in: there is no setting "lead_in"; did you mean lead-in',
    'output = "null"': "output: this flag is not the same in play, export",
    "version = true": 'version: there is no setting "version"',
    "words = 5": "words: this is a table; write [words.en.cues], and cues below it",
}
"""A line of a file, and what is told of it after file and line."""

WRONG_TABLES = {
    "[play]\nplain = true": (2, "play.plain: this flag stands for every command; write it above the first table"),
    '[play]\nspeed = "2"': (2, 'play.speed: there is no setting "speed"'),
    '[lists]\npace = "slow"': (1, 'lists: there is no table "lists"'),
    '[ply]\noutput = "null"': (1, 'ply: there is no table "ply"; did you mean play'),
    "[config]\njson = true": (1, 'config: there is no table "config"'),
    '[cues]\nrest = "Rest"': (1, "cues: wordings stand below their language; write [words.en.cues]"),
    "[words.en.safety]\nfull = []": (1, "words.en.safety: the safety sentences are said as they are"),
    "[words.en.sides]\nleft = 'a'": (1, 'words.en.sides: there is no table of wordings "sides"; cues is the only one'),
    "[words.en]\ncues = 1": (2, "words.en.cues: this is a table"),
    "[words.xx.cues]\nrest = 'R'": (1, 'words.xx: there are no cue wordings for the language "xx" yet'),
    "[words.EN.cues]\nrest = 'R'": (1, 'words.EN: there is no wording of the language "EN"; did you mean en?'),
    "[words.en.cues]\nhalf-wy = 'H'": (2, 'words.en.cues.half-wy: there is no cue "half-wy"; did you mean half-way'),
    "[words.en.cues]\nsafety = 'Go'": (2, 'words.en.cues.safety: "Go" leaves out what this cue is for'),
}

WRONG_VARIABLES = {
    "VOICECOACH_PACE=slwo": 'VOICECOACH_PACE: "slwo" is no pace; did you mean slow?',
    "VOICECOACH_LEAD_IN=1s": "VOICECOACH_LEAD_IN: 1s is out of reach; write 3s to 10m",
    "VOICECOACH_PLAIN=perhaps": 'VOICECOACH_PLAIN: "perhaps" is neither yes nor no; write 1 or 0',
    "VOICECOACH_SCRIPT_RATE=x": 'VOICECOACH_SCRIPT_RATE: "x" cannot be read; write 60 to 400',
    "VOICECOACH_OUTPUT=null": "VOICECOACH_OUTPUT: this flag is not the same in play, export, doctor; "
    "set VOICECOACH_PLAY_OUTPUT or VOICECOACH_EXPORT_OUTPUT or VOICECOACH_DOCTOR_OUTPUT",
}

MANY_WRONG = """\
pace = "slwo"
detail = "full"
pcae = "slow"
[words.en.cues]
rest = ""
rets = "Rest"
[play]
outptu = "null"
"""

SLOW = 'pace = "slow"\nlead-in = "12s"\n'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the settings file of the test, which is not there yet."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("VOICECOACH_CONFIG", str(path))
    return path


def settings(cli: Cli, **env: str) -> dict[str, tuple[object, str, str]]:
    """Return what `voicecoach config --json` tells: value, source and place by key."""
    told = json.loads(cli("config", "--json", env=env).stdout)
    return {each["key"]: (each["value"], each["source"], each["place"]) for each in told["settings"]}


def pacing(cli: Cli, *arguments: str, **env: str) -> dict[str, object]:
    """Return the pacing that a session is really timed with."""
    done = cli("script", "childs-pose", "--json", *arguments, env=env)
    assert done.returncode == 0, done.stderr
    whole: dict[str, object] = json.loads(done.stdout)["pacing"]
    return whole


@pytest.mark.parametrize(("line", "said"), WRONG.items())
def test_a_wrong_setting_is_told_with_its_file_line_and_key(cli: Cli, config: Path, line: str, said: str) -> None:
    config.write_text(f"\n{line}\n", encoding="utf-8")
    done = cli("list")
    assert sentence(done).startswith(f"{config}:2: {said}")
    assert done.returncode == 1


@pytest.mark.parametrize(("text", "told"), WRONG_TABLES.items())
def test_a_wrong_table_is_told_too(cli: Cli, config: Path, text: str, told: tuple[int, str]) -> None:
    config.write_text(text, encoding="utf-8")
    assert sentence(cli("list")).startswith(f"{config}:{told[0]}: {told[1]}")


@pytest.mark.parametrize(("variable", "said"), WRONG_VARIABLES.items())
def test_a_wrong_variable_is_a_wrong_flag_under_its_own_name(cli: Cli, variable: str, said: str) -> None:
    name, _, text = variable.partition("=")
    done = cli("list", env={name: text})
    assert sentence(done) == f"voicecoach: {said}"
    assert done.returncode == 2


def test_every_problem_is_told_at_once_in_the_order_of_lines(cli: Cli, config: Path) -> None:
    config.write_text(MANY_WRONG, encoding="utf-8")
    done = cli("list", env={"VOICECOACH_EFFORT": "max"})
    assert [line.split("; ")[0].split(": ")[:2] for line in done.stderr.splitlines()] == [
        [f"{config}:1", "pace"],
        [f"{config}:3", "pcae"],
        [f"{config}:5", "words.en.cues.rest"],
        [f"{config}:6", "words.en.cues.rets"],
        [f"{config}:8", "play.outptu"],
        ["VOICECOACH_EFFORT", 'there is no "max"'],
    ]
    assert (done.stdout, done.returncode) == ("", 1)


def test_a_flag_is_over_a_variable_is_over_the_file_is_over_the_default(cli: Cli, config: Path) -> None:
    config.touch()
    assert pacing(cli)["pace"] == 1.0
    config.write_text(SLOW, encoding="utf-8")
    assert pacing(cli)["pace"] == 0.85
    assert pacing(cli, VOICECOACH_PACE="brisk")["pace"] == 1.15
    assert pacing(cli, "--pace", "2", VOICECOACH_PACE="brisk")["pace"] == 2.0
    assert pacing(cli)["lead_in_ms"] == 12_000


def test_a_variable_of_one_command_is_over_that_of_all_in_whatever_order_they_stand(cli: Cli) -> None:
    of_one, of_all = ("VOICECOACH_SCRIPT_PACE", "brisk"), ("VOICECOACH_PACE", "slow")
    for order in ((of_one, of_all), (of_all, of_one)):
        assert pacing(cli, **dict(order))["pace"] == 1.15


def test_a_lead_in_that_is_asked_for_is_not_moved_to_fit_though_it_be_the_default(cli: Cli, config: Path) -> None:
    config.touch()
    fit = ("--fit", "2m")
    assert pacing(cli, *fit)["lead_in_ms"] != 10_000
    assert pacing(cli, *fit, "--lead-in", "10s")["lead_in_ms"] == 10_000
    assert pacing(cli, *fit, VOICECOACH_LEAD_IN="10s")["lead_in_ms"] == 10_000
    config.write_text('lead-in = "10s"\n', encoding="utf-8")
    assert pacing(cli, *fit)["lead_in_ms"] == 10_000


def test_a_commands_table_is_over_what_stands_for_every_command(cli: Cli, config: Path) -> None:
    config.write_text(f'{SLOW}[script]\npace = "brisk"\n', encoding="utf-8")
    assert pacing(cli)["pace"] == 1.15
    assert settings(cli)["pace"] == ("slow", "file", f"{config}:1")
    assert settings(cli)["script.pace"] == ("brisk", "file", f"{config}:4")


def test_numbers_need_no_quotes(cli: Cli, config: Path) -> None:
    config.write_text("pace = 0.9\nrate = 140\nlead-in = 12\nsets = 2\n", encoding="utf-8")
    told = pacing(cli)
    assert (told["pace"], told["rate_wpm"], told["lead_in_ms"]) == (0.9, 140, 12_000)


def test_a_dose_in_a_file_holds_where_an_exercise_takes_it_and_disturbs_no_other(cli: Cli, config: Path) -> None:
    config.write_text('hold = ["childs-pose=25s", "nobody=9s"]\n', encoding="utf-8")
    assert pacing(cli)["overrides"] == [{"field": "hold", "value": 25_000, "exercise": "childs-pose"}]
    other = cli("script", "cat-cow", "--json")
    assert (other.returncode, other.stderr) == (0, "")
    assert cli("script", "cat-cow", "--hold", "childs-pose=25s").returncode == 2


def test_a_variable_gives_a_flag_several_values_between_commas(cli: Cli) -> None:
    doses = pacing(cli, VOICECOACH_HOLD="25s, childs-pose=22s")["overrides"]
    assert [each["value"] for each in doses] == [25_000, 22_000]  # type: ignore[attr-defined]


def test_an_empty_variable_counts_as_absent(cli: Cli) -> None:
    assert pacing(cli, VOICECOACH_PACE="")["pace"] == 1.0


@pytest.mark.parametrize(
    ("env", "arguments", "said"),
    [
        ({"VOICECOACH_VOICE": "nobody-at-all"}, ("script", "cat-cow"), 'VOICECOACH_VOICE: there is no voice "nobody'),
        ({"VOICECOACH_PLAY_OUTPUT": "nul"}, ("play", "cat-cow"), "VOICECOACH_PLAY_OUTPUT: there is no output"),
        ({"VOICECOACH_FROM": "9"}, ("play", "cat-cow", "--output", "null"), "VOICECOACH_FROM: no exercise"),
    ],
)
def test_a_value_refused_in_use_is_told_under_the_name_of_what_set_it(
    cli: Cli, env: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    done = cli(*arguments, env=env)
    assert sentence(done).startswith(f"voicecoach: {said}")
    assert done.returncode == 2


def test_a_value_of_the_file_refused_in_use_is_a_failure_of_the_file(cli: Cli, config: Path) -> None:
    config.write_text('[play]\noutput = "nul"\n', encoding="utf-8")
    done = cli("play", "cat-cow")
    assert sentence(done).endswith(f'{config}:2: play.output: there is no output "nul"; did you mean null?')
    assert done.returncode == 1
    assert "output" not in cli("play", "cat-cow", "--output", "none").stderr.partition(":")[0]


def test_own_words_are_spoken_and_the_safety_sentences_stay(cli: Cli, config: Path) -> None:
    config.touch()
    usual = cli("script", "childs-pose").stdout
    config.write_text('[words.en.cues]\nclose = "Goodbye."\nfirst = "We begin with {name}."\n', encoding="utf-8")
    own = cli("script", "childs-pose").stdout
    assert "We begin with Child's pose." in own
    assert "Goodbye." in own
    assert "First exercise" not in own
    assert "Stop if pain is sharp" in own
    assert "First exercise: Child's pose." in usual


def test_help_shows_the_default_that_holds(cli: Cli, config: Path) -> None:
    config.write_text(SLOW, encoding="utf-8")
    assert "[default: slow]" in " ".join(cli("play", "--help").stdout.split())


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_is_shown_whatever_the_settings(cli: Cli, config: Path, flag: str) -> None:
    config.write_text("pace = slow\n", encoding="utf-8")
    done = cli("play", flag)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_broken_file_is_told_with_its_line(cli: Cli, config: Path) -> None:
    config.write_text('plain = true\npace = slow\nvoice = "x"\n', encoding="utf-8")
    done = cli("list")
    assert sentence(done).startswith(f"{config}:2: this is no TOML: invalid value at column 8")
    assert done.returncode == 1


def test_config_and_doctor_work_with_a_broken_file_and_report_it(cli: Cli, config: Path) -> None:
    config.write_text('pace = "slwo"\nlead-in = "12s"\n', encoding="utf-8")
    told = cli("config")
    assert told.returncode == 1
    assert "12s" in told.stdout
    assert f'{config}:1: pace: "slwo" is no pace' in told.stderr
    examined = cli("doctor", "python", "config")
    assert examined.returncode == 1
    assert f"FAIL  config   {config}:1: pace" in examined.stdout
    assert "ok    python" in examined.stdout


def test_a_file_that_may_not_be_read_is_an_error(config: Path, tmp_path: Path, run_unprivileged: Run) -> None:
    config.write_text(SLOW, encoding="utf-8")
    config.chmod(0)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = run_unprivileged([sys.executable, "-m", "voicecoach", "list"], tmp_path, env)
    assert done.stderr.startswith(f"{config}: permission denied")
    assert done.returncode == 1


def test_a_folder_in_the_place_of_the_file_is_an_error(cli: Cli, config: Path) -> None:
    config.mkdir()
    done = cli("list")
    assert sentence(done) == f"{config}: this is a folder; name a file in it"
    assert done.returncode == 1


def test_config_tells_each_setting_its_value_and_where_it_comes_from(cli: Cli, config: Path) -> None:
    config.write_text(f'{SLOW}[words.en.cues]\nrest = "Rest now."\n', encoding="utf-8")
    done = cli("config", env={"VOICECOACH_VOICE": "en-gb"})
    rows = [line.split() for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert rows[0] == ["Settings", "file:", str(config)]
    assert ["pace", "slow", f"{config}:1"] in rows
    assert ["voice", "en-gb", "VOICECOACH_VOICE"] in rows
    assert ["detail", "learn", "built-in"] in rows
    assert ["play.output", "auto", "built-in"] in rows
    assert ["words.en.cues.rest", '[["Rest', 'now."]]', f"{config}:4"] in rows


def test_config_tells_the_same_as_one_object(cli: Cli, config: Path) -> None:
    config.write_text("pace = 5\n", encoding="utf-8")
    done = cli("config", "--json", env={"VOICECOACH_NONSENSE": "1"})
    told = json.loads(done.stdout)
    assert done.stderr == ""
    assert (told["schema"], told["file"], told["exists"]) == (1, str(config), True)
    assert told["problems"] == [f"{config}:1: pace: 5 is out of reach; write slow, normal, brisk or 0.5 to 2.0"]
    assert told["unknown"] == ["VOICECOACH_NONSENSE"]


def test_config_tells_where_the_file_would_be(cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("config", "--path").stdout == f"{config}\n"
    monkeypatch.delenv("VOICECOACH_CONFIG")
    assert cli("config", "--path").stdout.endswith("config.toml\n")
    assert "there is none" in cli("config").stdout


def test_an_example_is_written_once_and_never_over_a_file(cli: Cli, config: Path) -> None:
    config = config.parent / "new" / "folder" / "config.toml"
    first = cli("config", "--init", env={"VOICECOACH_CONFIG": str(config)})
    assert first.stdout.startswith(f"{config}: written")
    assert config.read_text(encoding="utf-8") == EXAMPLE.read_text(encoding="utf-8")
    assert list(config.parent.iterdir()) == [config]
    config.write_text(SLOW, encoding="utf-8")
    again = cli("config", "--init", env={"VOICECOACH_CONFIG": str(config)})
    assert sentence(again).endswith("it is there already, and stays as it is; edit it, or move it away")
    assert again.returncode == 1
    assert config.read_text(encoding="utf-8") == SLOW


def test_a_file_that_was_named_and_is_not_there_is_told_and_nothing_runs_without_it(
    cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cli("show", "cat-cow")
    assert done.returncode == 1
    assert sentence(done).startswith(f"{config}: there is no such settings file; ")
    assert cli("config", "--path").stdout == f"{config}\n"
    monkeypatch.setenv("VOICECOACH_CONFIG", os.devnull)
    assert cli("show", "cat-cow").returncode == 0
    monkeypatch.delenv("VOICECOACH_CONFIG")
    assert cli("show", "cat-cow").returncode == 0


def test_an_example_is_not_written_over_a_link_to_nowhere(cli: Cli, config: Path) -> None:
    config.symlink_to("nowhere.toml")
    assert "it is there already" in sentence(cli("config", "--init"))


def test_an_example_that_cannot_be_written_is_an_error(cli: Cli, config: Path) -> None:
    config.write_text("", encoding="utf-8")
    done = cli("config", "--init", env={"VOICECOACH_CONFIG": str(config / "config.toml")})
    assert "cannot be written" in sentence(done)


def test_the_example_changes_nothing_and_every_line_of_it_works(cli: Cli, config: Path) -> None:
    config.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert {source for _, source, _ in settings(cli).values()} == {"built-in"}
    uncommented = "\n".join(
        line.removeprefix("# ")
        for line in EXAMPLE.read_text(encoding="utf-8").splitlines()
        if "=" in line or line.startswith("# [")
        if not line.startswith("# Settings") and "command line" not in line and "VOICECOACH_" not in line
    )  # fmt: skip
    config.write_text(uncommented, encoding="utf-8")
    assert len(parse_config(uncommented, "example").lines) > 15
    done = cli("config")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("nth", range(2))
def test_every_settings_file_of_the_guide_works(cli: Cli, config: Path, nth: int) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    config.write_text(blocks[nth], encoding="utf-8")
    done = cli("config")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_variable_that_is_nearly_a_setting_is_told_and_others_are_left_in_peace(cli: Cli) -> None:
    near = cli("list", env={"VOICECOACH_PACCE": "slow", "VOICECOACH_DIST": "1"})
    assert near.stderr == "VOICECOACH_PACCE sets nothing; did you mean VOICECOACH_PACE?\n"
    assert near.returncode == 0


def test_a_variable_that_names_a_folder_or_a_file_is_not_said_to_set_nothing(cli: Cli, tmp_path: Path) -> None:
    named = {name: str(tmp_path / name) for name in PATH_VARIABLES}
    Path(named["VOICECOACH_CONFIG"]).touch()
    done = cli("config", env=named)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"VOICECOACH_CACHE", "VOICECOACH_CONFIG", "VOICECOACH_HISTORY"} == PATH_VARIABLES


def test_two_things_at_once_are_refused(cli: Cli) -> None:
    assert cli("config", "--init", "--path").returncode == 2


def test_nothing_heavy_is_imported_to_read_settings(config: Path, tmp_path: Path) -> None:
    config.write_text(f'{SLOW}[words.en.cues]\nrest = "Rest now."\n', encoding="utf-8")
    code = (
        "import os, sys, typer; from voicecoach.cli.app import app;"
        "from voicecoach.cli.run import load_settings;"
        "settings = load_settings(os.environ, typer.main.get_command(app));"
        "assert settings.presets and settings.wordings;"
        "heavy = {'numpy', 'ruamel', 'miniaudio', 'av', 'pydub', 'pyttsx3', 'rich.console', 'tomlkit'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    seen = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert seen.stdout == "[]\n", seen.stderr
