"""`voicecoach import`: a page in any form becomes a program, and nothing else happens."""

import json
import signal
import sys
from pathlib import Path

import pytest

from tests.bounds import HANG_S
from tests.cli.conftest import Cli
from tests.cli.pages import BLANKS, CZECH, HTML, MARKDOWN, NO_EXERCISES, PROGRAM, TEXT, served
from tests.cli.running import sentence, started

DOSES: dict[str, dict[str, object]] = {
    "Knee rolls": {"reps": [8, 8], "hold_s": None, "sets": None, "sides": "each"},
    "Sphinx hold": {"reps": [3, 3], "hold_s": [20.0, 20.0], "sets": None, "sides": "none"},
}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "morning.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def doses(printed: str) -> dict[str, dict[str, object]]:
    found = json.loads(printed)["exercises"]
    return {each["name"]: {field: each[field] for field in DOSES["Knee rolls"]} for each in found}


@pytest.mark.parametrize(("name", "text"), [("a.txt", TEXT), ("a.md", MARKDOWN), ("a.html", HTML), ("a.page", HTML)])
def test_text_markdown_and_html_are_read_as_the_same(cli: Cli, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = cli("import", name, "--json")
    assert doses(done.stdout) == DOSES
    assert done.stderr == ""
    assert json.loads(done.stdout)["title"] == "Two moves for the morning"


@pytest.mark.parametrize("text", [TEXT, MARKDOWN, HTML])
def test_standard_input_is_read_as_a_page(cli: Cli, text: str) -> None:
    assert doses(cli("import", "-", "--json", given=text).stdout) == DOSES


def test_an_address_is_fetched_once_and_kept_as_the_source(cli: Cli) -> None:
    with served(HTML) as place:
        done = cli("import", f"{place.address}/moves", "--json")
        assert place.asked == ["/moves"]
        printed = cli("import", f"{place.address}/moves").stdout
    assert doses(done.stdout) == DOSES
    assert f"{place.address}/moves" in printed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250"])
def test_the_encoding_of_a_page_is_found_out(cli: Cli, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "cviky.txt").write_bytes(CZECH.encode(encoding))
    names = [each["name"] for each in json.loads(cli("import", "cviky.txt", "--json").stdout)["exercises"]]
    assert names == ["Přitažení kolene", "Most"]


def test_the_object_gives_every_field_with_the_line_and_words_behind_it(cli: Cli, page: Path) -> None:
    told = json.loads(cli("import", page.name, "--json").stdout)
    sphinx = told["exercises"][1]
    assert {"title", "language", "exercises"} <= told.keys()
    assert {"name", "steps", "hold_s", "reps", "sets", "sides", "breath", "cautions", "mistakes"} <= sphinx.keys()
    hold = sphinx["evidence"]["hold"]
    assert (hold["line"], hold["text"]) == (7, "Stay there for 20 seconds.")
    assert 0 <= hold["doubt"] <= 1


def test_without_a_target_the_program_is_printed_and_the_report_told_apart(cli: Cli, page: Path) -> None:
    done = cli("import", page.name)
    assert "title: Two moves for the morning" in done.stdout
    assert "hold: 20s  # line 7: Stay there for 20 seconds." in done.stdout
    told = done.stderr.splitlines()
    assert told[0].startswith('2 exercises found in "Two moves for the morning", language en (')
    assert "  line 6: Sphinx hold: reps 3, hold 20s" in told


def test_what_is_written_passes_the_check_and_becomes_a_script(cli: Cli, page: Path, tmp_path: Path) -> None:
    assert cli("import", page.name, "-o", "morning.yaml").stdout == "morning.yaml\n"
    assert cli("check", "morning.yaml").returncode == 0
    timed = json.loads(cli("script", "morning.yaml", "--json").stdout)
    assert [each["prescribed_ms"] for each in timed["holds"]] == [20_000] * 3
    assert {each.name for each in tmp_path.iterdir()} == {"morning.txt", "morning.yaml"}


def test_edits_are_not_written_over_unless_forced(cli: Cli, page: Path, tmp_path: Path) -> None:
    cli("import", page.name, "-o", "morning.yaml")
    program = tmp_path / "morning.yaml"
    first = program.read_bytes()
    again = cli("import", page.name, "-o", "morning.yaml")
    assert (again.returncode, again.stdout, program.read_bytes()) == (0, "morning.yaml\n", first)
    program.write_text("title: my own\n", encoding="utf-8")
    refused = cli("import", page.name, "-o", "morning.yaml")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "voicecoach: morning.yaml: this file is there already, maybe with edits of yours; --force replaces it"
    )
    assert program.read_text(encoding="utf-8") == "title: my own\n"
    assert cli("import", page.name, "-o", "morning.yaml", "--force").returncode == 0
    assert program.read_bytes() == first


@pytest.mark.parametrize(
    ("target", "code", "words"),
    [
        ("morning.txt", 2, "a program file ends in .yaml; name it so"),
        ("morning", 2, "a program file ends in .yaml; name it so"),
        ("nowhere/morning.yaml", 1, "no such folder"),
        ("folder.yaml", 1, "this is a folder"),
    ],
)
def test_a_target_that_cannot_be_written_is_refused(
    cli: Cli, page: Path, tmp_path: Path, target: str, code: int, words: str
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    refused = cli("import", page.name, "-o", target)
    assert refused.returncode == code
    assert words in refused.stderr.splitlines()[-1]
    assert page.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("name", "held", "words"),
    [
        ("missing.txt", None, "no such file"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is no page of text"),
        ("leaflet.html", b"%PDF-1.7\n1 0 obj", "this is a PDF; save the page as text or HTML"),
        ("huge.txt", b"word " * 1_100_000, "larger than 5,000,000 bytes"),
        ("program.txt", PROGRAM.encode(), "this is a program already, and no page; play it as it is"),
    ],
)
def test_what_is_no_page_is_refused_in_one_sentence(
    cli: Cli, tmp_path: Path, name: str, held: bytes | None, words: str
) -> None:
    if held is not None:
        (tmp_path / name).write_bytes(held)
    refused = cli("import", name)
    assert refused.returncode == 1
    assert words in sentence(refused)


@pytest.mark.parametrize("command", [("import",), ("play", "--output", "null"), ("script",), ("show",)])
def test_a_page_without_exercises_is_one_sentence_and_an_exit_code_of_its_own(
    cli: Cli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "hours.txt").write_text(NO_EXERCISES, encoding="utf-8")
    done = cli(command[0], "hours.txt", *command[1:])
    assert done.returncode == 3
    assert sentence(done) == "voicecoach: hours.txt: no exercises were found on this page"


def test_a_page_without_exercises_is_an_object_without_them(cli: Cli) -> None:
    done = cli("import", "-", "--json", given=NO_EXERCISES)
    assert done.returncode == 3
    assert json.loads(done.stdout)["exercises"] == []


def test_blanks_are_listed_and_filled_in_by_flags(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "form.txt").write_text(BLANKS, encoding="utf-8")
    listed = cli("import", "form.txt").stderr
    for blank in ("Knee hugs: hold", "Knee hugs: reps", "Sphinx hold: hold"):
        assert f"  {blank}\n" in listed
    done = cli("import", "form.txt", "--hold", "20s", "--hold", "sphinx hold=30-40s", "--reps", "4", "--json")
    filled = json.loads(done.stdout)["exercises"]
    assert [(each["hold_s"], each["reps"], each["blanks"]) for each in filled] == [
        ([20.0, 20.0], [4, 4], []),
        ([30.0, 40.0], [3, 3], []),
    ]
    assert filled[0]["evidence"]["hold"]["text"] == "filled in by hand"


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--hold", "soon", '--hold: "soon" is not a time'),
        ("--reps", "900", '--reps: "900" is too much; write a whole number from 1 to 200'),
        ("--sets", "nobody=2", '--sets: no exercise "nobody" on this page; write Knee hugs or Sphinx hold'),
    ],
)
def test_what_cannot_be_filled_in_is_refused(cli: Cli, flag: str, value: str, words: str) -> None:
    refused = cli("import", "-", flag, value, given=BLANKS)
    assert refused.returncode == 2
    assert words in sentence(refused)


def test_a_flag_that_fills_in_nothing_is_told(cli: Cli, page: Path) -> None:
    told = cli("import", page.name, "--hold", "30s").stderr
    assert told.startswith("--hold fills in nothing: the page leaves no such blank\n")


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with pseudo-terminals")
def test_on_a_terminal_blanks_are_asked_for(tmp_path: Path) -> None:
    from tests.remote.pty_terminal import in_terminal

    (tmp_path / "form.txt").write_text(BLANKS, encoding="utf-8")
    asking = ("-m", "voicecoach", "import", "form.txt", "-o", "form.yaml")
    with in_terminal(*asking, cwd=tmp_path) as terminal:
        terminal.shows("Knee hugs: reps? (Enter leaves it blank)")
        terminal.press("some\n")
        terminal.shows('"some" is not a whole number')
        terminal.press("5\n")
        terminal.shows("Knee hugs: hold?")
        terminal.press("15s\n")
        terminal.shows("Sphinx hold: hold?")
        terminal.press("\n")
        assert terminal.ends() == 0
    written = (tmp_path / "form.yaml").read_text(encoding="utf-8")
    assert "reps: 5  # line 3: filled in by hand" in written
    assert "hold: 15s" in written
    assert "# hold: left blank by the page, please fill in" in written


def test_the_language_is_found_out_shown_and_can_be_given(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cviky.txt").write_text(CZECH, encoding="utf-8")
    done = cli("import", "cviky.txt")
    assert "language cs (" in done.stderr.splitlines()[0]
    assert "language: cs\n" in done.stdout
    given = json.loads(cli("import", "cviky.txt", "--language", "cs", "--json").stdout)
    assert (given["language"], given["language_sure"]) == ("cs", 1.0)
    refused = cli("import", "cviky.txt", "--language", "tlh")
    assert refused.returncode == 2
    assert sentence(refused) == 'voicecoach: --language: "tlh" cannot be read; write en, cs, de, es, fr'


def test_a_language_without_cues_can_be_shown_and_not_spoken(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cviky.txt").write_text(CZECH, encoding="utf-8")
    cli("import", "cviky.txt", "-o", "cviky.yaml")
    for name in ("cviky.txt", "cviky.yaml"):
        shown = cli("show", name)
        assert shown.returncode == 0
        assert "no length, as there are no cue wordings for the language cs yet" in shown.stdout
        assert "reps 3, hold 20s, each side" in shown.stdout
        assert "Most: sets 1" in shown.stdout
    refusal = 'there are no cue wordings for the language "cs" yet; programs can be spoken in: en'
    for command in (("play", "--output", "null"), ("script",), ("export", "-o", "cviky.mp3")):
        refused = cli(command[0], "cviky.yaml", *command[1:])
        assert refused.returncode == 1
        assert sentence(refused) == f"voicecoach: {refusal}"


def test_flags_of_a_program_that_cannot_be_spoken_are_still_checked(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cviky.txt").write_text(CZECH, encoding="utf-8")
    refused = cli("show", "cviky.txt", "--hold", "plank=3s")
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1].startswith('voicecoach: --hold: no exercise "plank"')


def test_a_session_is_read_from_a_page_a_program_or_either_on_standard_input(cli: Cli, page: Path) -> None:
    of_file = json.loads(cli("script", page.name, "--json").stdout)
    of_page = json.loads(cli("script", "-", "--json", given=MARKDOWN).stdout)
    of_program = json.loads(cli("script", "-", "--json", given=PROGRAM).stdout)
    assert of_file["title"] == of_page["title"] == "Two moves for the morning"
    assert of_file["holds"] == of_page["holds"]
    assert of_program["title"] == "A short one"


def test_a_page_and_an_address_are_played_at_once(page: Path, tmp_path: Path) -> None:
    with served(HTML) as place:
        for name in (page.name, f"{place.address}/moves"):
            with started("play", name, "--output", "null", cwd=tmp_path) as playing:
                assert playing.stderr
                assert any("Ctrl-C stops" in line for line in playing.stderr)
                playing.send_signal(signal.SIGINT)
                playing.communicate(timeout=HANG_S)
            assert playing.returncode == 130
        assert place.asked == ["/moves"]


def test_a_page_is_exported_at_once(cli: Cli, page: Path, tmp_path: Path) -> None:
    done = cli("export", page.name, "-o", "morning.mp3", "--detail", "minimal", "--sets", "1", "--reps", "1")
    assert done.returncode == 0
    assert (tmp_path / "morning.mp3").stat().st_size > 100_000


def test_exercises_of_one_name_are_kept_apart(cli: Cli, tmp_path: Path) -> None:
    twice = TEXT.replace("Sphinx hold", "Knee rolls")
    (tmp_path / "twice.txt").write_text(twice, encoding="utf-8")
    cli("import", "twice.txt", "-o", "twice.yaml")
    timed = json.loads(cli("script", "twice.yaml", "--json").stdout)
    assert {(each["exercise"], each["index"]) for each in timed["reps"]} == {("Knee rolls", 1), ("Knee rolls", 2)}


def test_both_sides_are_told_in_their_own_words(cli: Cli) -> None:
    given = """\
# Knee to chest

1. Lie on your back.
2. Pull your right knee to your chest, your left leg long.
3. Stay here for 20 seconds.
4. Lower it, then repeat the stretch with your left side.
5. Repeat twice.
"""
    timed = json.loads(cli("script", "-", "--json", "--detail", "full", given=given).stdout)
    said = [each["text"] for each in timed["events"] if each["cue"] == "step"]
    assert said == [
        "Pull your right knee to your chest, your left leg long.",
        "Stay here for 20 seconds.",
        "Lower it.",
        "Pull your left knee to your chest, your right leg long.",
        "Stay here for 20 seconds.",
        "Lower it.",
    ]
    assert [each["side"] for each in timed["holds"]] == ["right", "right", "left", "left"]
