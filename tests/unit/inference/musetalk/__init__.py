"""MuseTalk without torch."""
