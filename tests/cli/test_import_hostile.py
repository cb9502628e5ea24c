"""Pages that want to be more than read: nothing of them is run, followed, sent or shown as it is."""

import json
from pathlib import Path

from tests.cli.conftest import Cli
from tests.cli.pages import TEXT, Served, served

ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m\x1b]8;;http://example.org\x07"
"""Clears a screen, renames its window, colours it and puts a link on it."""
STEERING = ("\x1b", "\x07", "\x9b", "\x00", "\u202e", "\u2066")


def saved_page(place: Served) -> str:
    """Return a page that refers to the server in every way that a browser follows."""
    at = place.address
    return f"""\
<?xml version="1.0"?>
<!DOCTYPE html SYSTEM "{at}/page.dtd" [
<!ENTITY out SYSTEM "{at}/entity"> <!ENTITY a "ha"> <!ENTITY b "&a;&a;">]>
<html lang="en"><head><title>Two moves</title><base href="{at}/base/">
<meta http-equiv="refresh" content="0; url={at}/refresh">
<meta http-equiv="Content-Security-Policy" content="default-src *; report-uri {at}/report">
<link rel="stylesheet" href="{at}/style.css"><link rel="preload" as="image" href="{at}/preload.png">
<link rel="icon" href="{at}/favicon.ico"><link rel="prefetch" href="{at}/next.html">
<style>@import url("{at}/import.css"); body {{ background: url({at}/background.png) }}</style>
<script src="{at}/script.js"></script><script>fetch("{at}/fetched")</script></head>
<body background="{at}/body.png" onload="fetch('{at}/loaded')">
<h1>Two moves</h1><p>&out; &b; <a href="{at}/link" ping="{at}/ping">More</a></p>
<iframe src="{at}/frame"></iframe><object data="{at}/object"></object><embed src="{at}/embed">
<form action="{at}/form" method="post"><input type="image" src="{at}/button.png"></form>
<xi:include href="{at}/included" xmlns:xi="http://www.w3.org/2001/XInclude"/>
<h2>Knee rolls</h2><p>Lie on your back with your knees bent. Roll your knees to the left and back.
<img src="{at}/rolls.png" srcset="{at}/rolls2.png 2x" alt="rolls"> Do 8 rolls on each side.</p>
<h2>Sphinx hold</h2><p>Lie on your front and prop yourself up on your elbows. Stay there for 20 seconds.</p>
<video src="{at}/video.mp4" poster="{at}/poster.png"></video><audio src="{at}/audio.mp3"></audio>
<svg><image href="{at}/svg.png"/><use href="{at}/use.svg#a"/></svg></body></html>
"""


def test_nothing_that_a_saved_page_refers_to_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    with served("<!ENTITY out 'x'>") as place:
        (tmp_path / "saved.html").write_text(saved_page(place), encoding="utf-8")
        done = cli("import", "saved.html", "--json")
        cli("import", "saved.html", "-o", "saved.yaml")
        cli("show", "saved.html")
        assert place.asked == []
    assert [each["name"] for each in json.loads(done.stdout)["exercises"]] == ["Knee rolls", "Sphinx hold"]
    written = (tmp_path / "saved.yaml").read_text(encoding="utf-8")
    assert place.address not in written
    assert "fetch(" not in written


def test_of_an_address_only_the_page_itself_is_asked_for(cli: Cli) -> None:
    with served("nothing") as other:
        with served(saved_page(other)) as place:
            assert cli("import", f"{place.address}/saved.html", "--json").returncode == 0
            assert place.asked == ["/saved.html"]
        assert other.asked == []


def test_what_steers_a_terminal_never_reaches_it(cli: Cli, tmp_path: Path) -> None:
    steered = TEXT.replace("Sphinx hold", f"Sphinx{ESCAPES} hold").replace("morning", f"morning\u202e{ESCAPES}")
    steered = steered.replace("Stay there", f"Stay{ESCAPES} there") + f"\nRelated posts\n{ESCAPES}More\n"
    (tmp_path / "steered.txt").write_text(steered, encoding="utf-8")
    for command in (("import",), ("import", "--json"), ("show",), ("script",), ("script", "--json")):
        done = cli(command[0], "steered.txt", *command[1:])
        assert done.returncode == 0
        assert not any(each in done.stdout + done.stderr for each in STEERING)


def test_the_name_of_a_page_steers_no_terminal_either(cli: Cli, tmp_path: Path) -> None:
    name = "mor\x1b[31mning.txt"
    (tmp_path / name).write_text("Nothing here.\n", encoding="utf-8")
    empty = cli("import", name)
    assert empty.returncode == 3
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    for done in (empty, cli("import", name), cli("import", name, "--json"), cli("import", "-o", name, name)):
        assert not any(each in done.stdout + done.stderr for each in STEERING)
