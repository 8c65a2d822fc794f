"""A network of one cable: this host, and a network namespace whose cable can be cut.

``python -m bench.line NAMESPACE`` (Linux, as root) makes the namespace and carries packets
between two TUN devices, one here and one inside. A line on standard input says what becomes
of them: ``cut`` drops all without a word, as a pulled plug does; ``delay 0.3`` holds each
that leaves the namespace for so many seconds; ``well`` is as before. At the end of the input
everything is taken away. In user space, since not every kernel has ``netem``.
"""

from __future__ import annotations

import fcntl
import heapq
import os
import selectors
import struct
import subprocess
import sys
import time
from typing import IO, Self

# For benchmarks of networks (RFC 2544): nobody else's addresses.
HERE, INSIDE = "198.18.77.1", "198.18.77.2"
MTU = 9000
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x0001 | 0x1000


class Cable:
    """Carries packets both ways until the input ends."""

    def __init__(self, here: int, inside: int) -> None:
        self._ends = {here: inside, inside: here}
        self._inside = inside
        self._is_cut = False
        self._delay_s = 0.0
        self._late: list[tuple[float, int, int, bytes]] = []
        self._count = 0

    def command(self, line: str) -> None:
        """Do as one line of the input says."""
        word, _, value = line.strip().partition(" ")
        self._is_cut = word == "cut"
        self._delay_s = float(value) if word == "delay" else 0.0

    def carry(self) -> None:
        """Carry until the input ends."""
        with selectors.DefaultSelector() as selector:
            for end in self._ends:
                selector.register(end, selectors.EVENT_READ)
            selector.register(sys.stdin, selectors.EVENT_READ)
            while True:
                wait = self._late[0][0] - time.monotonic() if self._late else None
                for key, _events in selector.select(wait):
                    if key.fd in self._ends:
                        self._take(key.fd)
                    elif line := sys.stdin.readline():
                        self.command(line)
                    else:
                        return
                while self._late and self._late[0][0] <= time.monotonic():
                    _due, _number, end, packet = heapq.heappop(self._late)
                    _write(end, packet)

    def _take(self, end: int) -> None:
        packet = os.read(end, MTU + 100)
        if self._is_cut:
            return
        if self._delay_s and end == self._inside:
            self._count += 1
            due = time.monotonic() + self._delay_s
            heapq.heappush(self._late, (due, self._count, self._ends[end], packet))
        else:
            _write(self._ends[end], packet)


class Line:
    """The program above, for whoever cuts. A context manager. Raises OSError without rights."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self._process: subprocess.Popen[str] | None = None

    @property
    def _input(self) -> IO[str]:
        assert self._process is not None
        assert self._process.stdin is not None
        return self._process.stdin

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 this module
            [sys.executable, "-m", "bench.line", self.namespace],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "ready":
            raise OSError("no network namespace can be made here")
        return self

    def __exit__(self, *_: object) -> None:
        self._input.close()
        assert self._process is not None
        self._process.wait(20)

    def say(self, command: str) -> None:
        """Have the cable do something: ``cut``, ``delay 0.3``, ``well``."""
        self._input.write(f"{command}\n")
        self._input.flush()


def _write(end: int, packet: bytes) -> None:
    try:
        os.write(end, packet)
    except OSError:
        # The other side is not up, or its queue is full: packets get lost.
        return


def _tun(name: str) -> int:
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN_NO_PI))
    return end


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def main() -> None:
    """Make the network, carry, take it away."""
    namespace = sys.argv[1]
    # The names of devices are short.
    here, inside = f"th{os.getpid()}", f"ti{os.getpid()}"
    ends = _tun(here), _tun(inside)
    _run("ip", "netns", "add", namespace)
    try:
        within = ("ip", "netns", "exec", namespace)
        _run("ip", "link", "set", inside, "netns", namespace)
        _run("ip", "addr", "add", HERE, "peer", INSIDE, "dev", here)
        _run("ip", "link", "set", here, "mtu", str(MTU), "up")
        _run(*within, "ip", "addr", "add", INSIDE, "peer", HERE, "dev", inside)
        _run(*within, "ip", "link", "set", inside, "mtu", str(MTU), "up")
        _run(*within, "ip", "link", "set", "lo", "up")
        print("ready", flush=True)  # noqa: T201 Line waits for it
        Cable(*ends).carry()
    finally:
        _run("ip", "netns", "del", namespace)


if __name__ == "__main__":
    main()
