"""The athlete's own: settings, phrases, and where their files are."""
