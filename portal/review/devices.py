"""On what a person is signed in, in a few plain kinds, from what a browser says of itself; nothing finer is kept."""

from dataclasses import dataclass
from enum import Enum


class Machine(Enum):
    """A kind of telephone, tablet or computer."""

    IPHONE = "iphone"
    IPAD = "ipad"
    ANDROID_TELEPHONE = "android telephone"
    ANDROID_TABLET = "android tablet"
    WINDOWS = "windows"
    MAC = "mac"
    CHROMEBOOK = "chromebook"
    LINUX = "linux"
    UNKNOWN = ""


class Program(Enum):
    """A browser."""

    EDGE = "edge"
    SAMSUNG = "samsung internet"
    OPERA = "opera"
    FIREFOX = "firefox"
    CHROME = "chrome"
    SAFARI = "safari"
    UNKNOWN = ""


@dataclass(frozen=True)
class Device:
    """A machine, and the browser on it."""

    machine: Machine
    program: Program

    @property
    def key(self) -> str:
        """What is kept of it."""
        return f"{self.machine.value}/{self.program.value}"


# What browsers say, the finer before the coarser: nearly all of them also say "Safari", and many say "Chrome".
_MACHINES = (
    ("iphone", Machine.IPHONE),
    ("ipod", Machine.IPHONE),
    ("ipad", Machine.IPAD),
    ("windows", Machine.WINDOWS),
    ("cros", Machine.CHROMEBOOK),
    ("macintosh", Machine.MAC),
    ("linux", Machine.LINUX),
)
_PROGRAMS = (
    ("edg", Program.EDGE),
    ("samsungbrowser", Program.SAMSUNG),
    ("opr/", Program.OPERA),
    ("opt/", Program.OPERA),
    ("opera", Program.OPERA),
    ("firefox", Program.FIREFOX),
    ("fxios", Program.FIREFOX),
    ("crios", Program.CHROME),
    ("chrome", Program.CHROME),
    ("safari", Program.SAFARI),
)
_LONGEST = 1_000  # signs; no browser says more of itself


def device_of(agent: str) -> Device:
    """Return the device of which a browser tells; where it tells nothing, one that is not known."""
    said = agent[:_LONGEST].lower()
    machine = next((kind for word, kind in _MACHINES if word in said), Machine.UNKNOWN)
    if "android" in said:
        machine = Machine.ANDROID_TELEPHONE if "mobile" in said else Machine.ANDROID_TABLET
    return Device(machine, next((kind for word, kind in _PROGRAMS if word in said), Program.UNKNOWN))


def device_kept(key: str) -> Device:
    """Return the device of which the key was kept."""
    machine, _, program = key.partition("/")
    return Device(
        next((kind for kind in Machine if kind.value == machine), Machine.UNKNOWN),
        next((kind for kind in Program if kind.value == program), Program.UNKNOWN),
    )
