"""What a process tells of itself: figures, traces and logs, which hold ids and never words.

Below all apps and free of them: whoever does something here says so to `metrics` (Prometheus)
and to `spans` (OpenTelemetry, where it is switched on), and names with `ids` what it is about,
so that log lines of web processes and workers can be put together.
"""
