"""The scaled set-up on one machine: every part a process of its own, as on many hosts.

PostgreSQL, Redis, a language model's server, workers of each kind, two web processes and a
proxy. supervisord keeps them running; benchmarks and tests use the same `Stack`.
"""
