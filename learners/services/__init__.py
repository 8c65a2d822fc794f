"""Changes to people's data: verb first, keyword-only, each in one transaction."""
