"""Conversations around a workout: choosing one, and the first run. Pure, as the session is: no part, no clock."""
