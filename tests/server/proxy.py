"""A piece of network between a station and the server, which the test can cut or lead elsewhere.

While it is cut it takes what is sent and forwards nothing, and says nothing either: as a cable that is
pulled somewhere between two switches.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class Proxy:
    """Forwards connections to a port of this machine.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self._whole = threading.Event()
        self._whole.set()
        self._open: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)

    def cut(self) -> None:
        """Stop forwarding."""
        self._whole.clear()

    def mend(self) -> None:
        """Go on; what was sent meanwhile arrives late."""
        self._whole.set()

    def lead_to(self, port: int) -> None:
        """From now on new connections go to another server, and the old ones break."""
        self.target = port
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        """Take it away."""
        self._whole.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.lead_to(self.target)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    near.close()
                    continue
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    self._begin(self._forward, one, other)

    def _begin(self, work: Callable[..., None], *ends: socket.socket) -> None:
        thread = threading.Thread(target=work, args=ends, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _forward(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._whole.wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
