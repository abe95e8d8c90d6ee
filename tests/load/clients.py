"""Desks that scan as fast as they are answered: keep-alive connections in one process, which is not the server's.

    python -m tests.load.clients PORT < plan.json    prints what it saw as JSON

The plan says the path, the headers of each request, how many clients there are, and the bodies to send.
"""

import asyncio
import json
import sys
import time
from typing import Any


async def _one_desk(port: int, head: str, bodies: asyncio.Queue[str], seen: list[float], failed: list[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not bodies.empty():
        body = bodies.get_nowait().encode()
        began = time.perf_counter()
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        try:
            status, answer, closing = await _read(reader)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            failed.append(repr(error))
            return
        seen.append(time.perf_counter() - began)
        if status != 200 or b'"verdict":"admit"' not in answer.replace(b" ", b""):
            failed.append(f"{status} {answer[:200].decode(errors='replace')}")
        if closing:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    return int(head.split(" ", 2)[1]), await reader.readexactly(length), "connection: close" in head


async def run(port: int, plan: dict[str, Any]) -> dict[str, Any]:
    """Send all bodies and return how long it took, each latency, and what failed."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in plan["headers"].items())
    head = f"POST {plan['path']} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n{lines}"
    bodies: asyncio.Queue[str] = asyncio.Queue()
    for body in plan["bodies"]:
        bodies.put_nowait(json.dumps(body))
    seen: list[float] = []
    failed: list[str] = []
    began = time.perf_counter()
    await asyncio.gather(*(_one_desk(port, head, bodies, seen, failed) for _ in range(plan["clients"])))
    return {"seconds": time.perf_counter() - began, "latencies": seen, "failed": failed}


if __name__ == "__main__":
    json.dump(asyncio.run(run(int(sys.argv[1]), json.load(sys.stdin))), sys.stdout)
