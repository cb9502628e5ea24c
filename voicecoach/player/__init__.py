"""The player: what commands make of a live session.

`commands` alone is light: whoever steers or shows a session needs no more.
"""
