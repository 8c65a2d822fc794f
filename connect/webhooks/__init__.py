"""Other systems are told what happens: ``events`` says what, ``sending`` gets it there."""
