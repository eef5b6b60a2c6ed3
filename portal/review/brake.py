"""A brake on trying links that do not exist, so that a robot's guesses take no time away from the families.

Only misses are charged, never hits: whoever has a link that was ever given out gets to its number whatever else comes
from the same building, and the number has its own limit. Addresses are counted for a minute at most, as codes made with
a key that is thrown away after that minute; nothing of it is ever written down.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import Counter

A_NETWORK_IN_A_MINUTE = 30
ALL_IN_A_SECOND = 10  # a look at a number takes a processor 80 ms on purpose; most of it belongs to the families
ALL_AT_ONCE = 20
_MINUTE = 60.0


class Brake:
    """Counts misses, for each network by the minute and for all of them by the second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, with a new key."""
        self._key, self._began, self._misses = secrets.token_bytes(32), time.monotonic(), Counter[bytes]()
        self._left, self._at = float(ALL_AT_ONCE), self._began

    def holds(self, address: str) -> bool:
        """Charge a miss to the network of an address, and say whether there were too many of late."""
        with self._lock:
            now = time.monotonic()
            if now - self._began >= _MINUTE:
                self._key, self._began, self._misses = secrets.token_bytes(32), now, Counter()
            self._left = min(float(ALL_AT_ONCE), self._left + (now - self._at) * ALL_IN_A_SECOND)
            self._at = now
            code = hmac.digest(self._key, network_of(address).encode(), hashlib.sha256)
            if self._misses[code] >= A_NETWORK_IN_A_MINUTE or self._left < 1:
                return True
            self._misses[code] += 1
            self._left -= 1
            return False


def network_of(address: str) -> str:
    """Return the network that one household or one attacker usually has: /24, or /56 of the newer addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 56}", strict=False))
