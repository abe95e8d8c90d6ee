"""What the door is measured against: a few lines of Flask around the same two inserts, without sessions or rules."""

import json
import os
import sqlite3
import threading
import time

import psycopg
from flask import Flask, request

app = Flask(__name__)
local = threading.local()
TARGET = os.environ["BARE_DATABASE"]
IS_SQLITE = not TARGET.startswith("postgresql")
MARK = "?" if IS_SQLITE else "%s"
INSERTS = [
    f"INSERT INTO {table} (code, scan_id, door, at) VALUES ({MARK}, {MARK}, {MARK}, {MARK})"
    for table in ("arrivals", "scans")
]


def connection():
    if not hasattr(local, "connection"):
        if IS_SQLITE:
            local.connection = sqlite3.connect(TARGET, isolation_level=None, timeout=15)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=NORMAL")
        else:
            local.connection = psycopg.connect(TARGET, autocommit=True)
    return local.connection


@app.post("/scans")
def scan():
    body = request.get_json()
    run = connection().execute
    run("BEGIN IMMEDIATE" if IS_SQLITE else "BEGIN")
    for insert in INSERTS:
        run(insert, (body["code"], body["scan_id"], body["door"], time.time()))
    run("COMMIT")
    return json.dumps({"verdict": "admit", "scan_id": body["scan_id"]}), 200, {"Content-Type": "application/json"}


@app.get("/healthz")
def healthz():
    return "ok"


def prepare() -> None:
    """Make the two tables, with the same unique index on who has arrived."""
    number, instant = ("INTEGER", "REAL") if IS_SQLITE else ("SERIAL", "DOUBLE PRECISION")
    for table, unique in (("arrivals", "code"), ("scans", "scan_id")):
        connection().execute(
            f"CREATE TABLE IF NOT EXISTS {table} (id {number} PRIMARY KEY, code TEXT, scan_id TEXT, door TEXT, "
            f"at {instant}, UNIQUE ({unique}))"
        )
