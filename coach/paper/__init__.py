"""Routines and history as something to print, or to open in a browser."""
