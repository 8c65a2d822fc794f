"""The gradebook of a class: what counts of which attempt, late rules, weights, totals.

``arithmetic`` is plain Python and states how marks are rounded; ``book`` puts a class's rows
together; ``export`` writes the same numbers as CSV and XLSX.
"""
