"""What the server takes at most. A person never meets these; who tries to break it does."""

import time
from collections.abc import Callable

MOST_SESSIONS = 200
"""Processes at once; 23 MiB each."""
MOST_STARTING = 4
"""Processes that start at once; the others wait for their turn."""
MOST_CONNECTIONS = 800
"""Open connections, silent ones too."""
MOST_WAITING = 4
"""Tabs of one person that wait for their session to start or to be taken over."""
STARTS_A_MINUTE = 12
"""Processes that one person may start."""
WRONG_LINKS_A_SECOND, WRONG_LINKS_AT_ONCE = 5.0, 30
"""Links that lead nowhere and are answered as such, by all together; a right one is never kept waiting."""

LARGEST_MESSAGE = 1024 * 1024
"""Bytes of a message from a browser: a page of text that is pasted."""
LARGEST_REQUEST = 1024
"""Bytes of a request's body; the only one has a link's secret."""
LARGEST_HEADER = 4096
"""Bytes of one header, and of the first line."""
MOST_HEADERS = 64
LARGEST_PACKET = 16 * 1024 * 1024
"""Bytes of what a session sends at once."""
MESSAGES_A_SECOND, MESSAGES_AT_ONCE = 200.0, 400
"""Messages of one browser; a mouse that is moved sends 60 a second. More are taken later."""

HEADER_PATIENCE = 20.0
"""Seconds in which a connection has to ask for something, whole."""
BODY_PATIENCE = 5.0
LINGER_PATIENCE = 2.0
"""Seconds for which what a request still sends is read once it is answered, so that the answer arrives."""
SEND_PATIENCE = 10.0
"""Seconds for which a browser may take nothing before it is given up."""
START_PATIENCE = 20.0
CLOSE_PATIENCE = 1.0
"""Seconds for a browser to answer that it is closed."""
CHUNK_PATIENCE = 5.0
"""Seconds for a part of a file that a session hands out."""
HEARTBEAT = 20.0
"""Seconds between two looks whether a browser is still there."""
GRACE = 60.0
"""Seconds in which a browser may come back to its session."""
QUIT_PATIENCE = 5.0
"""Seconds in which a session may put its record away before it is killed."""
REPAINT_PATIENCE = 5.0
"""Seconds in which a session has to paint for who comes back; else it hangs."""
HANG_PATIENCE = 15.0
"""Seconds for which an app may say nothing to what was typed; else it hangs."""
IDLE = 60 * 60.0
"""Seconds without a key or a touch, after which a session ends."""
WATCH = 1.0
"""Seconds between two looks at who is still invited."""
REFUSED_EVERY = 60.0
"""Seconds between two lines of the log on what was refused."""


class Bucket:
    """So many at once, and then so many a second."""

    def __init__(self, at_once: int, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rate, self._clock = at_once, a_second, clock
        self._left, self._at = float(at_once), clock()

    def take(self) -> float:
        """Take one; return for how many seconds it has to wait, 0 for none."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        self._left -= 1
        return 0.0 if self._left >= 0 else -self._left / self._rate

    def take_if_there(self) -> bool:
        """Take one if there is one now; return whether there was."""
        if self.take() == 0:
            return True
        self._left += 1
        return False
