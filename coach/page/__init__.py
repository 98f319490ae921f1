"""The workout on a page, for a phone, a tablet or a TV: what is to be seen of it, and commands to tap."""
