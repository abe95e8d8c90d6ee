"""How gunicorn serves Signing Day; `gunicorn` reads this file by itself when started in this folder."""

import gc
import os
from pathlib import Path
from typing import Any

wsgi_app = "app:create_app()"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# Two processes keep the door answering while one of them draws a PDF; four threads each cover the waiting.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))

# A request in flight may finish before the process ends; a PDF of a thousand badges needs a few seconds.
timeout = 60
graceful_timeout = 20
keepalive = 5

# The heartbeat files must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK) else None  # noqa: S108

# The program writes its own line for each request, with the request's id; gunicorn's would be a second one.
accesslog = None
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """What the program is made of never becomes garbage: looking through it again and again would make one page in
    fifty wait for 50 ms.
    """
    gc.collect()
    gc.freeze()
