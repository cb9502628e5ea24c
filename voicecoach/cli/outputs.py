"""What may not be written over: the files that a run reads."""

import os
from contextlib import suppress

from voicecoach.cli.source_names import STDIN
from voicecoach.errors import VoicecoachError
from voicecoach.files import refuse_same_file
from voicecoach.paths import config_path, history_path


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
