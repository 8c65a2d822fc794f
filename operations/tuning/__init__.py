"""How quick this host is, and the settings that follow from it: `manage.py tune_latency`."""
