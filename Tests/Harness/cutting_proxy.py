"""A weak link: passes bytes on to a server until it is cut."""
import contextlib
import socket
import threading
import time


class CuttingProxy:
    """Listens beside a server. `cut(after)` breaks the connection that brings that many more bytes; `is_down` refuses new ones.

    With a `rate`, bytes a second, each connection brings no more, and what is on its way is as little as on a weak link:
    else all of a file would be, before the server has said a word.
    """

    def __init__(self, port, rate=None):
        self.target, self.rate = port, rate
        self.listener = socket.create_server(("127.0.0.1", 0))
        if rate:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.sent = 0           # bytes from the browser
        self.cuts = 0
        self.is_down = False
        self.budget = None
        self.lock = threading.Lock()
        self.pairs = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def cut(self, after, then_down=False):
        """After so many more bytes from the browser every connection breaks; `then_down`: and stays away."""
        with self.lock:
            self.budget, self.then_down = after, then_down

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.is_down:
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self.target))
                pair = (client, server)
                self.pairs.add(pair)
                threading.Thread(target=self.carry, args=(client, server, pair, True), daemon=True).start()
                threading.Thread(target=self.carry, args=(server, client, pair, False), daemon=True).start()

    def carry(self, source, sink, pair, is_upstream):
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
                if is_upstream and self.is_spent(len(data)):
                    self.break_all()
                    return
                if is_upstream and self.rate:
                    time.sleep(len(data) / self.rate)
        self.close(pair)

    def is_spent(self, count):
        with self.lock:
            self.sent += count
            if self.budget is None:
                return False
            self.budget -= count
            if self.budget > 0:
                return False
            self.budget, self.is_down = None, self.then_down
            self.cuts += 1
            return True

    def break_all(self):
        """The browser is cut off at once; what it has sent still reaches the server, as what a router holds does."""
        for client, server in list(self.pairs):
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_WR)

    def close(self, pair):
        self.pairs.discard(pair)
        for side in pair:
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()

    def stop(self):
        self.listener.close()
        self.break_all()
