"""Pages of set work: for who sets it, who does it, and who marks it."""
