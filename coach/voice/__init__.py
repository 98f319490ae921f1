"""Text to clips."""
