"""A Slack on loopback: Web API with Slack's limits, signed HTTP delivery, Socket Mode."""

from tests.slackdouble.server import SlackDouble
from tests.slackdouble.state import Delivered

__all__ = ["Delivered", "SlackDouble"]
