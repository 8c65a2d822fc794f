"""Commands that talk to other systems."""
