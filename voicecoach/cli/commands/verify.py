"""`verify`: a finished file, measured against the script that it carries."""

import sys
from typing import Annotated

import typer

from voicecoach.cli.arguments import AsJson
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import plain


def verify_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A sound file that voicecoach has exported.")],
    terminal: Terminal,
    as_json: AsJson = False,
) -> None:
    """Measure a finished sound file against the script that it carries.

    Exits with 1 if a promise is broken: a sound late or missing, a hold too short, too loud, too long.

    \b
    voicecoach verify back.mp3
    """
    # It listens by NumPy, which takes longer to load than the help to print.
    from voicecoach.verify import compose_report
    from voicecoach.verify import verify as check_file

    checks = check_file(file)
    broken = sum(not check.kept for check in checks)
    if as_json:
        terminal.result_object(compose_report(file, checks))
        sys.exit(int(bool(broken)))
    for check in checks:
        terminal.result(f"{'ok  ' if check.kept else 'FAIL'}  {check.name:<9} {check.found}")
        for case in check.worst:
            terminal.result(f"      {plain(case)}")
    promises = f"{broken} promise{'s' if broken > 1 else ''} broken; export the session again"
    terminal.result(f"{plain(file)}: {promises if broken else 'keeps every promise of its script'}")
    sys.exit(int(bool(broken)))
