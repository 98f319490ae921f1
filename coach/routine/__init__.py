"""YAML to routines and ladders of exercises, or every fault in it at once."""
