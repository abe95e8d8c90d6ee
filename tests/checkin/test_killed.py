"""Web processes are killed while guests come in: nobody is lost, nobody is in twice."""

import json
import random
import sqlite3
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException

import psycopg
import pytest

from tests.load.door import database, served, signed_in
from tests.load.door_data import fill

GUESTS, DESKS, BETWEEN = 75, 4, 25


class Kills:
    """Kills a web process, in the middle of whatever it does, each time so many guests have come in."""

    def __init__(self, server, chance):
        self.server, self.chance = server, chance
        self.admitted = self.count = 0
        self.lock = threading.Lock()

    def one_is_in(self):
        with self.lock:
            self.admitted += 1
            if self.admitted % BETWEEN == 0:
                self.count += 1
                for child in self.chance.sample(self.server.children(), 1):
                    child.kill()


def admitted(port, path, headers, code):
    """Scan until there is an answer, always under the same id, as the desk does."""
    body = json.dumps({"code": code, "scan_id": str(uuid.uuid4()), "door": "A"})
    for _ in range(600):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", path, body, {**headers, "Content-Type": "application/json"})
            answer = connection.getresponse()
            said = answer.read()
            if answer.status == 200:
                return json.loads(said)["verdict"]
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("no answer")


def rows(engine, home, url, statement):
    if engine == "sqlite":
        with closing(sqlite3.connect(home / "signing-day.sqlite")) as connection:
            return connection.execute(statement).fetchall()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_web_processes_lose_nobody(kind, tmp_path):
    with database(kind, tmp_path) as url:
        environment = {
            "SIGNING_DAY_HOME": str(tmp_path),
            "DATABASE_URL": url,
            "SECRET_KEY": "killed",
            "PUBLIC_URL": "http://localhost",
            "LOG_LEVEL": "ERROR",
        }
        slug, codes = fill(environment, GUESTS)
        with served(environment) as (port, server):
            headers = signed_in(port)
            path = f"/api/v1/events/{slug}/scans"
            kills = Kills(server, random.Random(7))

            def scan(code):
                said = admitted(port, path, headers, code)
                kills.one_is_in()
                return said

            with ThreadPoolExecutor(DESKS) as desks:
                verdicts = list(desks.map(scan, codes[:GUESTS]))
        assert kills.count == GUESTS // BETWEEN
        assert set(verdicts) == {"admit"}
        arrivals = rows(kind, tmp_path, url, "SELECT count(*), count(DISTINCT invitation_id) FROM arrivals")
        scans = rows(kind, tmp_path, url, "SELECT verdict, count(*) FROM scans GROUP BY verdict")
        assert [tuple(row) for row in arrivals] == [(GUESTS, GUESTS)]
        assert [tuple(row) for row in scans] == [("admit", GUESTS)]
