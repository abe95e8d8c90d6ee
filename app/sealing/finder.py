"""Opens one PDF that nobody trusts, in a process of its own, and prints the contents of its signatures.

`app.sealing.verifier` starts this file as a program: the PDF comes in on standard input, a JSON list of hexadecimal
strings goes out. A file that is a trap costs one short-lived child. Exit code 1: no PDF that can be opened.
"""

import json
import resource
import sys
from io import BytesIO

import pikepdf

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 4
MOST = 16
LARGEST = 256 * 1024


def found(pdf: bytes) -> list[str]:
    """What each signature dictionary holds, wherever it lies and whether or not a form leads to it."""
    contents = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ByteRange" in item and "/Contents" in item:
                held = bytes(item["/Contents"])
                if len(held) <= LARGEST:
                    contents.append(held.hex())
            if len(contents) == MOST:
                break
    return contents


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        contents = found(sys.stdin.buffer.read())
    except pikepdf.PasswordError:
        contents = []
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, MemoryError):
        return 1
    json.dump(contents, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
