"""Pages before, during and after a session."""
