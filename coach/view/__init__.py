"""What is to be seen of a workout at a moment, whatever shows it."""
