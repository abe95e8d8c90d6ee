"""Writes constraints.txt anew from what is installed: after `pip install` of something new, `make pins`."""

import subprocess
import sys

from scripts.terminal import ROOT, say

HEAD = (
    "# Every version this program is built and tested with. Made by `make pins`; "
    "pyproject.toml says why each is here.\n"
)


def main() -> int:
    command = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    installed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # One that came from a file or an address would not be found on another machine.
    strange = [line for line in installed.splitlines() if "==" not in line]
    if strange:
        say(f"Not from the package index, so not pinned: {', '.join(strange)}")
        return 1
    (ROOT / "constraints.txt").write_text(HEAD + installed, encoding="utf-8")
    say(f"{len(installed.splitlines())} versions in constraints.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
