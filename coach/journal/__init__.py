"""Events to SQLite and back: history, progression's memory, going on where a workout was broken off."""
