"""A worker in a process of its own, to be killed. `python -m tests.messages.worker_process`; settings come by the
environment, and it has a short lease, so that what a dead one held is soon found."""

from datetime import timedelta

from app import create_app
from app.worker import Worker

if __name__ == "__main__":
    Worker(create_app(), lease=timedelta(seconds=3), sweep=0.2).run()
