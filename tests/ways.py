"""Ways to a server: one that breaks where a test wants it, one that shows a certificate."""

import socket
import ssl
import threading
from contextlib import suppress
from typing import Literal

Breaks = Literal["before", "after", "hangs"]


class Way:
    """Passes on what goes to a server, until it has been told to break.

    It counts what comes from the client, each piece as it arrives. The piece at which it breaks is not passed
    on ("before"), is passed on and its answer is lost ("after"), or nothing comes any more ("hangs").
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._at: int | None = None
        self._how: Breaks = "before"
        self._seen = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def break_at(self, piece: int, how: Breaks) -> None:
        """Break at a piece, from 1 on, counted from now."""
        with self._lock:
            self._at, self._how, self._seen = piece, how, 0

    def mend(self) -> bool:
        """Break no more; return whether it broke."""
        with self._lock:
            broke = self._at is not None and self._seen >= self._at
            self._at = None
        return broke

    def close(self) -> None:
        self.mend()
        self._door.close()
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                self._open += [client, server]
                lost = threading.Event()
                threading.Thread(target=self._forward, args=(client, server, lost), daemon=True).start()
                threading.Thread(target=self._back, args=(server, client, lost), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                with self._lock:
                    self._seen += 1
                    broken = self._at is not None and self._seen >= self._at
                    how = self._how
                if broken and how == "hangs":
                    lost.set()
                    continue
                if broken and how == "before":
                    break
                if broken:
                    lost.set()
                server.sendall(piece)
        for each in (client, server) if not lost.is_set() else (server,):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _back(self, server: socket.socket, client: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while piece := server.recv(65536):
                if lost.is_set():
                    with self._lock:
                        hangs = self._how == "hangs"
                    if hangs:
                        continue
                    break
                client.sendall(piece)
        if not lost.is_set() or self._how != "hangs":
            for each in (client, server):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)


class Certified:
    """What shows a certificate before a server: as the wheel's server is built, it can't itself."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self._to, self._context = port, context
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            client.recv(8)  # whether TLS may be spoken
            client.sendall(b"S")
            with (
                self._context.wrap_socket(client, server_side=True) as shown,
                socket.create_connection(("127.0.0.1", self._to)) as server,
            ):
                back = threading.Thread(target=_pass_on, args=(server, shown), daemon=True)
                back.start()
                _pass_on(shown, server)
                server.shutdown(socket.SHUT_RDWR)
                back.join()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
