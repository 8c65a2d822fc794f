"""Other systems: the REST API, webhooks and learning platforms. Read by ``connect``."""

from typing import Any

import environ

env = environ.Env()

CONNECT: dict[str, Any] = {
    # How many requests a minute a token of the REST API may make.
    "API_RATE": env.int("TUTOR_API_RATE", default=600),
    # Whether webhooks and learning platforms may be on this machine or in its network, by
    # http too: for schools whose other systems stand in the same rack.
    "PRIVATE_ADDRESSES": env.bool("TUTOR_CONNECT_PRIVATE", default=False),
    # How far the clock of a learning platform may be off.
    "CLOCK_SKEW_S": env.int("TUTOR_LTI_CLOCK_SKEW_S", default=60),
}
