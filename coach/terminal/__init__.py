"""What is drawn and typed on a terminal while a workout runs."""
