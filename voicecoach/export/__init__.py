"""Formats: how a session becomes a file. `export/formats.py` lists them, and says how to add one."""
