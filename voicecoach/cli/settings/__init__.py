"""The settings of a run: flags, presets, the settings file and the environment. Most runs have none."""
