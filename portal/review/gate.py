"""How many requests for a way back may come: from one network, and from everywhere.

Whoever is turned away keeps every word and is given telephone numbers, so that a flood takes no family's way. Networks
are counted as codes made with a key that is thrown away with the count; nothing of them is ever written down.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import Counter

from portal.review.brake import network_of

A_NETWORK_IN_AN_HOUR = 20  # a whole hospital or refuge may come from one network
ALL_IN_AN_HOUR = 100
_HOUR = 3600.0


class Gate:
    """Counts requests that were well filled in, for each network and for all, by the hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, with a new key."""
        self._key, self._began = secrets.token_bytes(32), time.monotonic()
        self._of: Counter[bytes] = Counter()
        self._all = 0

    def lets_through(self, address: str) -> bool:
        """Count one more from an address, and say whether there is still room."""
        with self._lock:
            if time.monotonic() - self._began >= _HOUR:
                self.forget()
            code = hmac.digest(self._key, network_of(address).encode(), hashlib.sha256)
            if self._of[code] >= A_NETWORK_IN_AN_HOUR or self._all >= ALL_IN_AN_HOUR:
                return False
            self._of[code] += 1
            self._all += 1
            return True
