"""What a session or a page may be called where it is asked for, and that no file that is read is written over."""

import os
from contextlib import suppress

from voicecoach.errors import VoicecoachError
from voicecoach.files.replacement import refuse_same_file
from voicecoach.paths import config_path, history_path

STDIN, STDIN_NAME = "-", "standard input"
ARTICLES = (".txt", ".md", ".html", ".htm")
"""How the names of pages end."""

PAGES = f"({' '.join(ARTICLES)} or an http address)"
"""The pages that are read where a session is asked for, as the help names them."""


def refuse_inputs(output: str, *sources: str) -> None:
    """Raise FileError where writing `output` would replace a session's file, the settings or the history."""
    for source in sources:
        refuse_same_file(0 if source == STDIN else source, output)
    for own in (config_path, history_path):
        path = ""
        # Where there is no such path, nothing of it can be replaced.
        with suppress(VoicecoachError):
            path = str(own(os.environ))
        refuse_same_file(path, output)
