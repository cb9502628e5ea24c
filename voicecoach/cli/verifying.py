"""Checking a finished file against the script that it carries: what is said, and the exit code."""

import json

from voicecoach.cli.terminal import Terminal
from voicecoach.errors import plain


def verify_file(path: str, terminal: Terminal, *, as_json: bool = False) -> int:
    """Measure a file, print a line for each promise and the verdict, and return 1 where one is broken."""
    # NumPy and PyAV take half a second to load: other commands do without.
    from voicecoach.verify import compose_report, verify

    checks = verify(path)
    if as_json:
        report = compose_report(path, checks)
        terminal.result(json.dumps(report, ensure_ascii=False))
        return int(not report["kept"])
    for check in checks:
        terminal.result(f"{'ok  ' if check.kept else 'FAIL'}  {check.name:<9} {check.found}")
        for case in check.worst:
            terminal.result(f"      {plain(case)}")
    broken = sum(not check.kept for check in checks)
    named = plain(path)
    terminal.result(
        f"{named}: {_broken(broken)}" if broken else f"{named}: keeps every promise of its script"
    )
    return int(bool(broken))


def _broken(count: int) -> str:
    promises = "promise" if count == 1 else "promises"
    return f"{count} {promises} broken; export the session again"
