"""Whether what was heard was a command, and whose words it were."""
