"""`verify`: a finished file, measured against the script that it carries."""

import json
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
        terminal.result(json.dumps(compose_report(file, checks), ensure_ascii=False))
        sys.exit(int(bool(broken)))
    for check in checks:
        terminal.result(f"{'ok  ' if check.kept else 'FAIL'}  {check.name:<9} {check.found}")
        for case in check.worst:
            terminal.result(f"      {plain(case)}")
    verdict = _broken(broken) if broken else "keeps every promise of its script"
    terminal.result(f"{plain(file)}: {verdict}")
    sys.exit(int(bool(broken)))


def _broken(count: int) -> str:
    promises = "promise" if count == 1 else "promises"
    return f"{count} {promises} broken; export the session again"
