"""Figures of administrators: counted from events, summed up by day, drawn as charts."""
