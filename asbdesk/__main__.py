"""The one command: `asbdesk`, or `python -m asbdesk`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run it and end with its status."""
    from asbdesk.cli import main as command

    sys.exit(command())


if __name__ == "__main__":
    main()
