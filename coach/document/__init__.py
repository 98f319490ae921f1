"""YAML with the place of everything in it, for every file that a person writes; and writing files whole."""
