"""`import`: a page, read into a program."""

from typing import Annotated

import typer

from voicecoach.cli.arguments import AsJson
from voicecoach.cli.terminal import Terminal

Blank = Annotated[list[str] | None, typer.Option(metavar="[NAME=]DOSE", help="Fill in blanks that the page leaves.")]


def import_article(
    article: Annotated[str, typer.Argument(metavar="ARTICLE",
        help="A page: a file (.txt, .md, .html), an http address, or - for standard input.")],
    terminal: Terminal,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE",
        help="The program file to write, .yaml.")] = "",
    as_json: AsJson = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    language: Annotated[str, typer.Option(metavar="TAG", help="The page's language.")] = "",
    hold: Blank = None, reps: Blank = None, sets: Blank = None,
) -> None:  # fmt: skip
    """Read the exercises of a page into a program.

    It tells the sentence behind every dose, and what the page does not say stays unsaid. An http address is the
    only thing that uses the network.

    \b
    voicecoach import leaflet.html -o leaflet.yaml
    voicecoach import leaflet.txt --hold 20s --json
    """
    # With the patterns of five languages, which the help and the settings do without.
    from voicecoach.cli.pages import import_page

    fills = {"hold": hold or [], "reps": reps or [], "sets": sets or []}
    import_page(article, output, terminal, fills, language=language, as_json=as_json, force=force)
