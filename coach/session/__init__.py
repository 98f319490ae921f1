"""Orders and the passing of time to directives and events. No input, no output, no threads, no clock."""
