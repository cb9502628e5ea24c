"""All commands, registered in the order in which the help shows them."""

# ruff: noqa: I001, F401 - importing is registering, and its order is that of the help
from voicecoach.cli.root import app
from voicecoach.cli.commands import show, play, export, import_, voices

__all__ = ["app"]
