"""Phone models of languages without rated speech, trained on synthetic voices."""
