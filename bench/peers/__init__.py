"""``make bench-peers``: this tutor and two frameworks for voice agents, turn about.

Pipecat and LiveKit Agents (without a room) run in an environment of their own
(``scripts/peers_environment.py``), wired to the weights that this tutor has: Whisper base,
Piper's joe, the same language model. Each is talked to through its socket.

``lines`` says what the learner says, ``partners`` are the three sockets, ``microphone``
sends to one of them in real time, ``hearing`` judges what came back, ``processes`` starts
what is needed. ``pipecat_bot`` and ``livekit_bot`` are the peers' programs; they share
``wire`` and ``bot`` with the benchmark, and nothing else.
"""
