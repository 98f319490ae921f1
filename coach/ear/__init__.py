"""The microphone, and what was played, to "heard this: accepted or not, because"."""
