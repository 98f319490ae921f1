"""Voices that a network speaks: files on this machine, run by onnxruntime, spoken through pyttsx3 like any other."""
