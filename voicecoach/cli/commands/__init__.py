"""The commands: one file a command, named as the command."""
