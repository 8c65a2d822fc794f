"""Sound of a talk by WebRTC, beside its socket: see ``docs/webrtc.md``.

Only ``peer`` and ``voice_track`` import aiortc, and they are imported once a page proposes
a connection.
"""
