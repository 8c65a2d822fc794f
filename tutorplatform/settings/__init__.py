"""Settings by situation: ``local`` (make run), ``test`` and ``production``."""
