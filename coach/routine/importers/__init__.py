"""Other projects' files to exercises and routines of ours."""
