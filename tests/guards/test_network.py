"""Tests cannot reach anything but this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_connection_to_another_machine_is_refused() -> None:
    # 192.0.2.0/24 is set aside for documentation: no host is there.
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 443))
