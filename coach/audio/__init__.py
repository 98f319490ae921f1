"""Clips to samples at exact positions: the mixer, real devices, a simulated room, WAV files."""
