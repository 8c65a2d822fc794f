"""Pages that let other systems in, and the ways that platforms send people."""
