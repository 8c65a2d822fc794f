"""English as the site writes it: day before month, twenty-four hours."""
