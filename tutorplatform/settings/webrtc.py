"""Sound of talks by WebRTC. Read by ``sessions.live.webrtc``."""

from typing import Any

import environ

env = environ.Env()

WEBRTC: dict[str, Any] = {
    # "auto" offers it to pages that can, where aiortc is installed; "off" never does.
    "MODE": env("TUTOR_WEBRTC", default="off"),
    # A connection that does not stand by then is given up; the socket goes on.
    "CONNECT_S": env.float("TUTOR_WEBRTC_CONNECT_S", default=5.0),
    # Talks with such a connection at the same time in one web process; others use the
    # socket. Each takes about a tenth of a core, all the time. 0: no limit.
    "MOST": env.int("TUTOR_WEBRTC_MOST", default=8),
    # Addresses as browsers know them: stun:host:3478, turn:host:3478?transport=udp.
    "STUN": env.list("TUTOR_WEBRTC_STUN", default=[]),
    "TURN": env.list("TUTOR_WEBRTC_TURN", default=[]),
    # Either one name and password for everybody ...
    "TURN_USER": env("TUTOR_WEBRTC_TURN_USER", default=""),
    "TURN_PASSWORD": env("TUTOR_WEBRTC_TURN_PASSWORD", default=""),
    # ... or the secret that the TURN server shares, for names that end after a while.
    "TURN_SECRET": env("TUTOR_WEBRTC_TURN_SECRET", default=""),
    "TURN_TTL_S": env.int("TUTOR_WEBRTC_TURN_TTL_S", default=7200),
}
