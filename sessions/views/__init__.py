"""Pages of a session: before and during, afterwards, and its recordings."""
