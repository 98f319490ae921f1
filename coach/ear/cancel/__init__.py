"""Taking the coach out of the microphone."""
