"""Take the letters for Urdu from their npm tarball: Noto Nastaliq Urdu, its Arabic part in one weight, and its licence.

    npm pack @fontsource/noto-nastaliq-urdu@5.3.0
    .venv/bin/python scripts/vendor_font.py fontsource-noto-nastaliq-urdu-5.3.0.tgz

static/page.js fetches the file where the line is quick (docs/look.md). The address in templates/public_layout.html
holds the version, because it may be kept by browsers for a year.
"""

import base64
import hashlib
import sys
import tarfile
from pathlib import Path

VERSION = "5.3.0"
INTEGRITY = "sha512-rhozTu22mlnDp5R8A4gGeNJvoLroHEV0TytCwly20w1LMA+VXs/MyhORGJu3i3SWZFdyeCFe5EF5xzraq6zd6A=="
VENDOR = Path(__file__).resolve().parents[1] / "static" / "vendor" / f"noto-nastaliq-urdu-{VERSION}"
WANTED = {"files/noto-nastaliq-urdu-arabic-400-normal.woff2": "arabic-400.woff2", "LICENSE": "LICENCE"}


def take(tarball: Path) -> None:
    """Check the tarball against the registry's integrity and copy the wanted files; ValueError if it differs."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode("ascii")
    if found != INTEGRITY:
        raise ValueError(f"{tarball} is not noto-nastaliq-urdu {VERSION}: its integrity is {found}")
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tarfile.open(tarball) as packed:
        for name, ours in WANTED.items():
            member = packed.extractfile(f"package/{name}")
            if member is None:
                raise ValueError(f"{name} is missing from {tarball}")
            (VENDOR / ours).write_bytes(member.read())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    take(Path(sys.argv[1]))
    print(f"Wrote {VENDOR}.")
