"""A session being heard, and steered while it is."""
