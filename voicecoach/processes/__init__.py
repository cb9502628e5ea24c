"""Processes of this package's own: how one is started, how its pipes are kept, how its end is told."""
