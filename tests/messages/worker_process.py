"""A worker in a process of its own, to be killed. It has a short lease, so that what a dead one held is soon found.

Processes come from a server that has imported the program already: starting one takes no longer than starting it.
"""

import multiprocessing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.context import ForkServerProcess

from app import create_app
from app.worker import Worker

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def run(settings: Mapping[str, str]) -> None:
    Worker(create_app(settings), lease=timedelta(seconds=3), sweep=0.2).run()


@contextmanager
def worker(settings: Mapping[str, str]) -> Iterator[ForkServerProcess]:
    """A running worker, gone for good at the end of the block."""
    process = _CONTEXT.Process(target=run, args=(dict(settings),))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
