"""How much room words need between counts; `coach check --strict` measures by it what a set has room for."""

AFTER_COUNT = 0.2
"""Seconds of quiet between a count and a cue ..."""
BEFORE_COUNT = 0.15
"""... and between a cue and the next count."""
