"""Articles: an exercise page becomes a program, with the sentence behind every field."""
