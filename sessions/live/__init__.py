"""A session while it is going on: its socket, its microphone, its turns."""
