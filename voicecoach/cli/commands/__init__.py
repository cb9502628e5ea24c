"""The commands in the order of the help: one file a command, which is loaded when the command is chosen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class CommandRow(NamedTuple):
    """A command: its one line of help, the module and the function of it here, or the commands `below` it.

    With `despite_faults` it works although the settings have faults.
    """

    line: str
    function: str = ""
    despite_faults: bool = False
    below: Mapping[str, "CommandRow"] = MappingProxyType({})


_CACHE = {
    "info": CommandRow("Say where sounds are kept, how many, and how large they are.", "cache:info"),
    "prune": CommandRow("Remove what was longest not used.", "cache:prune"),
    "clear": CommandRow("Remove every sound; each is made anew when it is wanted.", "cache:clear"),
    "warm": CommandRow("Make the sounds of a session now, so that it waits for nothing.", "cache:warm"),
}
COMMANDS = {
    "list": CommandRow("Show the library: its programs and its exercises.", "list:list_library"),
    "show": CommandRow("Show a program: exercises, doses, length, what is filled in.", "show:show"),
    "script": CommandRow("Print the timed script: the clock, the words, the chapters.", "script:script"),
    "play": CommandRow("Speak a session through the sound card, hands-free.", "play:play"),
    "ctl": CommandRow("Steer the session that is playing, from elsewhere.", "ctl:ctl", despite_faults=True),
    "history": CommandRow("List the sessions that were played, and how far they came.", "history:history"),
    "export": CommandRow("Write a session to a sound file, or several into a folder.", "export:export"),
    "verify": CommandRow("Measure a finished sound file against the script that it carries.", "verify:verify_file"),
    "check": CommandRow("Validate program files: every problem, with line and column.", "check:check"),
    "import": CommandRow("Read the exercises of a page into a program.", "import_:import_article"),
    "voices": CommandRow("List the voices that can speak.", "voices:voices"),
    "cache": CommandRow("The sounds that are kept: how large, smaller, none, or ready.", below=_CACHE),
    "doctor": CommandRow(
        "Say what works on this machine, and how to mend what does not.", "doctor:doctor", despite_faults=True
    ),
    "config": CommandRow(
        "Show every setting, its value, and where that comes from.", "config:config", despite_faults=True
    ),
}
"""Each line of help is the first sentence of the command's own text, which stands with its flags."""
