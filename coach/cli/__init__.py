"""What a person types, a file a group of commands: parses, calls, prints, nothing else."""
