"""The parts of the engine XTTS that need no torch."""
