"""An ApiToken lets another system in; an ApiReply remembers what a POST was answered.

A WebhookEndpoint is told of what happens by WebhookDeliveries. An LtiPlatform is a learning
platform that sends people here: an LtiCourse of it belongs to a class, an LtiPlacement is a
link in that course, an LtiLogin is one arrival, a GradeMessage a mark on its way back.
"""

from .api_reply import ApiReply
from .api_token import ApiToken, Scope
from .grade_message import GradeMessage
from .lti import LtiCourse, LtiIdentity, LtiLogin, LtiPlacement, LtiPlatform
from .webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "ApiReply",
    "ApiToken",
    "GradeMessage",
    "LtiCourse",
    "LtiIdentity",
    "LtiLogin",
    "LtiPlacement",
    "LtiPlatform",
    "Scope",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]
