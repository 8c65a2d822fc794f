"""What this server offers by WebRTC, from the settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from .credentials import Credentials, time_limited

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RtcSetting:
    """The servers that help two ends to meet, and how long that may take.

    ``ice_servers`` are as ``RTCPeerConnection`` of a browser takes them.
    """

    ice_servers: tuple[dict[str, Any], ...]
    connect_s: float
    most: int

    def as_json(self) -> dict[str, Any]:
        """Return what the page is told, as on the wire."""
        return {
            "ice_servers": list(self.ice_servers),
            "connect_ms": round(1000 * self.connect_s),
        }


def rtc_setting(name: str, *, now: float) -> RtcSetting | None:
    """Return what is offered to one talk, None where it is not.

    ``name`` tells talks apart in the TURN server's log: an id, nothing of a person. ``now``
    is Unix time.
    """
    conf = settings.WEBRTC
    if conf["MODE"] != "auto" or not _is_installed():
        return None
    servers: list[dict[str, Any]] = []
    if conf["STUN"]:
        servers.append({"urls": list(conf["STUN"])})
    if conf["TURN"]:
        turn = _credentials(name, now)
        servers.append(
            {
                "urls": list(conf["TURN"]),
                "username": turn.username,
                "credential": turn.password,
            }
        )
    return RtcSetting(tuple(servers), conf["CONNECT_S"], conf["MOST"])


def _credentials(name: str, now: float) -> Credentials:
    conf = settings.WEBRTC
    if conf["TURN_SECRET"]:
        return time_limited(
            conf["TURN_SECRET"], name, now=now, ttl_s=conf["TURN_TTL_S"]
        )
    return Credentials(conf["TURN_USER"], conf["TURN_PASSWORD"])


@cache
def _is_installed() -> bool:
    if find_spec("aiortc") is not None:
        return True
    logger.warning("TUTOR_WEBRTC is on, but requirements/webrtc.txt is not installed.")
    return False
