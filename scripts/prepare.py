"""Migrates the database, loads the sample conference into an empty one, and prints the sample logins.

The same as `flask --app app db upgrade`, `regions load`, `demo --if-empty` and `demo --logins` one after the other, but
in one program: starting Python four times would double the time that a second `make run` takes.
"""

import io
import sys
from contextlib import redirect_stdout

from flask.cli import ScriptInfo

from app import create_app


def main(*, sample: bool) -> None:
    app = create_app()
    commands = [
        ["db", "upgrade"],
        ["regions", "load"],
        *([["demo", "--if-empty"], ["demo", "--logins"]] if sample else []),
    ]
    for command in commands:
        said = io.StringIO()
        with redirect_stdout(said):
            app.cli.main(command, prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
        if command[-1] == "--logins":
            print(said.getvalue(), end="")


if __name__ == "__main__":
    main(sample="--no-sample" not in sys.argv[1:])
