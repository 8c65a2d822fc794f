# The site and everything that runs without a GPU. Build from the root of the checkout:
#   docker build --file deploy/docker/app.Dockerfile --target web --tag tutor/web:local .
# Targets: web, worker (asr, scoring, tts, face on processors; the llama.cpp server), batch
# (long jobs, beat, migrations). They share every layer but the last.

ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
# Leave "piper" out for an image without GPL-3 code (docs/engines.md).
ARG SETS="base engines piper observability"
# For mirrors: addresses without credentials, build arguments stay in the image's history.
ARG PIP_INDEX_URL
ARG UV_DEFAULT_INDEX
ENV UV_NO_CACHE=1 UV_LINK_MODE=copy
WORKDIR /build
COPY requirements/ requirements/
RUN python -m venv /opt/tutor \
    && python -m venv /opt/installer \
    && /opt/installer/bin/pip install --no-cache-dir --quiet --requirement requirements/installer.txt
RUN set -eu; set --; \
    for name in ${SETS}; do set -- "$@" --requirement "requirements/${name}.txt"; done; \
    /opt/installer/bin/uv pip install --quiet --compile-bytecode \
        --python /opt/tutor/bin/python "$@" --requirement requirements/s3.in; \
    /opt/tutor/bin/python -m pip uninstall --quiet --yes pip setuptools

FROM ${PYTHON_IMAGE} AS site
COPY --from=packages /opt/tutor /opt/tutor
ENV PATH=/opt/tutor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    TUTOR_DATA_DIR=/srv/tutor \
    DJANGO_SETTINGS_MODULE=tutorplatform.settings.production
WORKDIR /srv/site
COPY . .
# The key signs nothing: collecting files only needs one to be there.
RUN python -m scripts.translations compile \
    && DJANGO_SECRET_KEY=collecting DJANGO_ALLOWED_HOSTS=localhost \
       python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q .

FROM ${PYTHON_IMAGE} AS runtime
# llama.cpp's wheel and others leave OpenMP's library to the system.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 tutor \
    && useradd --uid 10001 --gid tutor --home-dir /srv/tutor --no-create-home \
       --shell /usr/sbin/nologin tutor \
    && install --directory --owner tutor --group tutor --mode 0700 \
       /srv/tutor /srv/tutor/private /srv/exchange /srv/cache \
    && install --directory --owner tutor --group tutor /srv/models
COPY --from=packages /opt/tutor /opt/tutor
COPY --from=site /srv/site /srv/site
COPY --from=site --chown=tutor:tutor /srv/tutor/static /srv/tutor/static
ENV PATH=/opt/tutor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/srv/cache \
    NUMBA_CACHE_DIR=/srv/cache/numba \
    DJANGO_SETTINGS_MODULE=tutorplatform.settings.production \
    TUTOR_DATA_DIR=/srv/tutor \
    TUTOR_MODELS_DIR=/srv/models \
    TUTOR_EXCHANGE_DIR=/srv/exchange \
    TUTOR_FACE_CACHE=/srv/cache/faces \
    TUTOR_FETCH_VOICES=False
WORKDIR /srv/site
USER 10001:10001
VOLUME ["/srv/tutor/private", "/srv/models", "/srv/exchange", "/srv/cache"]

FROM runtime AS web
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-I", "scripts/probe.py", "web", "/healthz"]
CMD ["python", "-m", "uvicorn", "tutorplatform.asgi:application", \
     "--host", "0.0.0.0", "--port", "8000", \
     "--ws", "tutorplatform.socket_protocol:SoundProtocol", \
     "--ws-per-message-deflate", "false", "--ws-max-size", "65536", \
     "--lifespan", "on", "--timeout-graceful-shutdown", "20", "--no-access-log"]

FROM runtime AS worker
ENV TUTOR_ALIVE_FILE=/tmp/tutor-alive
HEALTHCHECK --interval=15s --timeout=5s --start-period=300s --retries=3 \
    CMD ["python", "-I", "scripts/probe.py", "worker"]
CMD ["celery", "--app", "tutorplatform", "worker", "--pool", "threads", \
     "--queues", "asr,scoring,tts,face"]

FROM runtime AS batch
# What backups are made with (docs/backup.md): PostgreSQL's client as new as its server, from
# PostgreSQL's own packages.
USER 0:0
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-common restic \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
ENV TUTOR_ALIVE_FILE=/tmp/tutor-alive
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-I", "scripts/probe.py", "worker"]
CMD ["celery", "--app", "tutorplatform", "worker", "--pool", "threads", "--queues", "batch"]
