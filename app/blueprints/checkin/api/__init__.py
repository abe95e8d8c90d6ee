"""The door for programs: the same decision as the desk's page, in JSON. `docs/api.md` tells how to use it."""
