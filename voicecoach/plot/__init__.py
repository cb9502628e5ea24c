"""The session as a picture, for a person who would rather look than read: an SVG or PNG of its timeline.

All but `target` loads Matplotlib, the extra `plot`.
"""
