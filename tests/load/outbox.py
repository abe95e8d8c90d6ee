"""Messages per CPU second through a real SMTP server, and 2,000 of them while workers are killed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade

from app import outbox, worker
from app.extensions import db
from app.models import Channel
from tests.conftest import make_app
from tests.messages import smtp

ROOT = Path(__file__).parents[2]


def measure(count: int) -> float:
    """Send so many plain mails from a fresh SQLite database and return the worker's CPU seconds, server included."""
    with tempfile.TemporaryDirectory() as home, smtp.running() as (server, port):
        app = make_app(Path(home))
        app.config["MAIL_SERVER"] = app.extensions["mail"].server = "127.0.0.1"
        app.extensions["mail"].port = port
        with app.app_context():
            upgrade()
            for number in range(count):
                outbox.post(
                    key=f"load:{number}",
                    template="note",
                    channel=Channel.MAIL,
                    address=f"guest{number}@example.com",
                    locale="zh_CN",
                    subject="邀请函",
                    text="尊敬的嘉宾：\n\n诚邀您出席。",
                )
            db.session.commit()
            began = time.process_time()
            worker.run_once(app)
            seconds = time.process_time() - began
            db.engine.dispose()
        assert len(server.received) == count
    return seconds


def main(words: list[str] | None = None) -> int:
    """Print both; `quick` leaves the killing out."""
    count = 1000
    seconds = measure(count)
    print(f"outbox: {count / seconds:.0f} messages per CPU second (with the SMTP server in the same process)")
    if words == ["quick"]:
        return 0
    began = time.monotonic()
    env = os.environ | {"KILL_MESSAGES": "2000"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/messages/test_kill.py"]
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    print(f"outbox: 2,000 messages past killed workers, on both databases: {time.monotonic() - began:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
