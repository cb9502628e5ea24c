"""A flag that is wrong is told in one sentence with what could be written instead; the exit code is 2."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.running import sentence

PACING = {
    "--fit 0": "write 1m to 6h, like 15m, 900s or 15:00",
    "--fit 0s": "write 1m to 6h",
    "--fit 24h": "write 1m to 6h",
    "--fit 15": "write 1m to 6h",
    "--fit=": "write 1m to 6h",
    "--rate=": "write 60 to 400",
    "--effort high --fit 10m": "--fit chooses where in a stated range to stand; leave out --effort",
    "--breath 0-0": "write 1 to 60 seconds in and out, like 4-6",
    "--breath 99-99": "write 1 to 60 seconds in and out, like 4-6",
    "--breath 4": "write 4-6, off, 4-7-8 or box",
    "--breath 4-6-8": "write 4-6, off, 4-7-8 or box",
    "--breath -4-6": "write 4-6, off, 4-7-8 or box",
    "--breath bxo": "did you mean box?",
    "--pace fast": "write slow, normal, brisk or 0.5 to 2.0",
    "--pace slwo": "did you mean slow?",
    "--pace 9": "write slow, normal, brisk or 0.5 to 2.0",
    "--pace nan": "write slow, normal, brisk or 0.5 to 2.0",
    "--rate 9999": "write 60 to 400",
    "--rate quick": "write 60 to 400",
    "--reps 0": "write 1 to 200",
    "--reps -1": "write 1 to 200",
    "--reps 1000000000": "write 1 to 200",
    "--sets 1.5": "write 1 to 20",
    "--hold 0s": "write 1s to 1h",
    "--hold 10s --hold 20s": "--hold is given twice, with two values; leave one out",
    "--hold cat-cow=3s": "--hold: Cat-cow has no hold; leave it out",
    "--hold nobody=3s": '--hold: no exercise "nobody" in this program; write cat-cow',
    "--hold =3s": "write it before the =, or 3s alone",
    "--rest -5s": "write 0s to 10m",
    "--detail all": "write learn, full, brief, minimal",
    "--count nothing": "write auto, every, last, tones, off",
    "--effort max": "write low, middle, high",
    "--lead-in 0s": "write 3s to 10m",
    "--switch 1h": "write 3s to 10m",
}


@pytest.mark.parametrize("flags", PACING)
def test_a_pacing_that_makes_no_sense_is_told_with_what_does(cli: Cli, flags: str) -> None:
    done = cli("script", "cat-cow", *flags.split())
    assert done.returncode == 2
    assert sentence(done).startswith(f"voicecoach: {flags.split(maxsplit=1)[0].rstrip('=')}")
    assert PACING[flags] in done.stderr


@pytest.mark.parametrize(
    ("flag", "preset", "effort", "fit_ms"),
    [
        ("--fit=40m", "EFFORT=high", "low", 2_400_000),
        ("--effort=high", "FIT=40m", "high", None),
        ("--pace=1", "EFFORT=high", "high", None),
    ],
)
def test_a_flag_is_over_a_setting_of_what_it_contradicts(
    cli: Cli, flag: str, preset: str, effort: str, fit_ms: int | None
) -> None:
    name, value = preset.split("=")
    done = cli("script", "l5-s1-relief", flag, "--json", env={f"VOICECOACH_{name}": value})
    pacing = json.loads(done.stdout)["pacing"]
    assert (pacing["effort"], pacing["fit_ms"]) == (effort, fit_ms)


LINES = {
    "show": "missing argument 'SESSION'; `voicecoach show --help` shows how",
    "play": "there is no session to play; name one; `voicecoach list` shows the library",
    "plya cat-cow": "no such command 'plya'; did you mean 'play'?",
    "export cat-cow": "missing option '-o' / '--output'; `voicecoach export --help` shows how",
    "script cat-cow --bogus": "no such option: --bogus; `voicecoach script --help` shows how",
    "script cat-cow --pac slow": "no such option: --pac; did you mean --pace?",
    "script cat-cow --hold": "option '--hold' requires an argument; ",
    "script cat-cow bird-dog": "got unexpected extra argument",
    "check": "there is no file to check; name one or more, or ask for --schema",
    "check --schema a.yaml": "--schema checks no file; leave out the one or the other",
    "doctor lungs": 'doctor has no check "lungs"; name python, ',
    "doctor python --output bogus": "--output chooses where --sound plays; add --sound, or leave it out",
    "doctor --device bogus": "--device chooses where --sound plays; add --sound, or leave it out",
    "export cat-cow -o a.wav --bitrate 48k": "--bitrate: a .wav file has none to choose; leave it out, or",
    "export cat-cow -o A.WAV --bitrate 64k": "--bitrate: a .wav file has none to choose; leave it out, or",
    "play cat-cow --output nul": 'there is no output "nul"; did you mean null?',
    "play cat-cow --output qqqq": 'there is no output "qqqq"; the outputs are auto, miniaudio, ',
    "play cat-cow --output null --from 9": '--from: no exercise "9" in this program; write 1 to 1 or cat-cow',
    "export bird-dog -o a.ogg": 'a.ogg: ".ogg" is not a format that can be written; end the name in .mp3 or',
    "export cat-cow -o a": "a: the name has no extension; end the name in .mp3 or .wav",
}


@pytest.mark.parametrize("line", LINES)
def test_a_command_line_that_is_wrong_is_told_in_one_sentence(cli: Cli, line: str) -> None:
    done = cli(*line.split())
    assert done.returncode == 2
    assert sentence(done).startswith(f"voicecoach: {LINES[line]}")


DAYS = "--reps 200 --hold 60m --sets 20"
MORE_THAN_A_DAY = (
    f"show lumbar-sacral {DAYS}",
    f"script lumbar-sacral --json {DAYS}",
    f"script lumbar-sacral --fit 6h {DAYS}",
    f"play lumbar-sacral --output null {DAYS}",
    f"export lumbar-sacral -o a.mp3 {DAYS}",
    f"cache warm lumbar-sacral {DAYS}",
    "show bird-dog --hold 60m --sets 2 --reps 6",
    "show two.yaml --hold 60m",
    "show wide.yaml --effort high --sets 20",
)


@pytest.mark.parametrize("line", MORE_THAN_A_DAY)
def test_doses_that_no_day_has_room_for_are_refused_at_once_as_in_a_file(cli: Cli, tmp_path: Path, line: str) -> None:
    exercise = "  - {name: B, steps: [Go.], hold: HOLD, reps: 15}\n"
    for name, body in (("two", exercise.replace("HOLD", "5s") * 2), ("wide", exercise.replace("HOLD", "1s-5m"))):
        (tmp_path / f"{name}.yaml").write_text(f"title: A\nexercises:\n{body}", encoding="utf-8")
    done = cli(*line.split(), limit_s=20)
    assert done.returncode == 2
    said = "the doses add up to more than 24 hours; lower the sets, repetitions, holds or durations"
    assert sentence(done) == f"voicecoach: {said}"
    assert not (tmp_path / "a.mp3").exists()


def test_doses_that_settings_make_too_long_are_refused_too(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "days.toml").write_text('sets = 20\nreps = 200\nhold = "1h"\n', encoding="utf-8")
    for env in (
        {"VOICECOACH_SETS": "20", "VOICECOACH_REPS": "200", "VOICECOACH_HOLD": "1h"},
        {"VOICECOACH_CONFIG": str(tmp_path / "days.toml")},
    ):
        assert "the doses add up to more than 24 hours" in sentence(cli("show", "bird-dog", env=env))


NAMELESS = {
    "export cat-cow -o": "--output",
    "export cat-cow bird-dog -o": "--output",
    "script cat-cow --plot": "--plot",
    "history --plot": "--plot",
    "import a.txt -o": "--output",
    "import": "ARTICLE",
    "check a.yaml": "FILE...",
    "verify": "FILE",
}


@pytest.mark.parametrize("words", NAMELESS)
def test_a_file_whose_name_is_empty_is_told_and_nothing_is_written(cli: Cli, tmp_path: Path, words: str) -> None:
    done = cli(*words.split(), "")
    assert done.returncode == 2
    said = f"voicecoach: {NAMELESS[words]}: the name is empty, as an unset variable's is; name a file"
    assert sentence(done) == said
    assert not list(tmp_path.iterdir())


def test_no_command_at_all_shows_the_help(cli: Cli) -> None:
    done = cli()
    assert done.returncode == 2
    assert "voicecoach play first-day" in done.stdout + done.stderr


VOICES = {"en-uz": "did you mean en-us", "en-us+q9": "did you mean en-us+", "zzzzzzzz": "see voicecoach voices"}


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("words", ["script cat-cow", "play cat-cow --output null", "export cat-cow -o a.wav"])
def test_a_voice_that_is_not_there_is_told_with_those_like_it(cli: Cli, tmp_path: Path, voice: str, words: str) -> None:
    done = cli(*words.split(), "--voice", voice)
    assert done.returncode == 1
    assert sentence(done).startswith(f'voicecoach: there is no voice "{voice}"; {VOICES[voice]}')
    assert not list(tmp_path.iterdir())


def test_nothing_is_offered_where_nothing_is_near(cli: Cli) -> None:
    said = 'voicecoach: there is no session "cobra"; `voicecoach list` shows the library; a file ends in .yaml'
    assert sentence(cli("show", "cobra")) == said


def test_a_language_without_a_voice_is_told(cli: Cli) -> None:
    done = cli("voices", "--language", "qq")
    assert (done.returncode, sentence(done).partition(";")[0]) == (
        1,
        'voicecoach: there is no voice for the language "qq"',
    )


def test_a_language_that_cannot_be_coached_yet_is_told(cli: Cli) -> None:
    done = cli("script", "-", given="title: A\nlanguage: cs\nexercises: [cat-cow]\n")
    assert done.returncode == 1
    assert sentence(done).startswith('voicecoach: there are no cue wordings for the language "cs" yet; ')
