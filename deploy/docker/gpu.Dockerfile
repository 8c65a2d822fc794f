# Workers for hosts with an NVIDIA GPU. Build from the root of the checkout:
#   docker build --file deploy/docker/gpu.Dockerfile --target asr-gpu --tag tutor/asr-gpu:local .
# CUDA comes as NVIDIA's packages of the Python index, the versions that torch and CTranslate2
# ask for, and the driver from the host through the NVIDIA container toolkit. A CUDA base image
# would carry the same libraries a second time (docs/adr). Each target has one engine's set of
# requirements; whisperx and the others contradict each other.

ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS installer
ARG PIP_INDEX_URL
ARG UV_DEFAULT_INDEX
# An index of torch builds for the host's driver, as https://download.pytorch.org/whl/cu128.
ARG UV_INDEX
ENV UV_NO_CACHE=1 UV_LINK_MODE=copy UV_INDEX_STRATEGY=unsafe-best-match
WORKDIR /build
COPY requirements/ requirements/
COPY deploy/docker/overrides/ overrides/
RUN python -m venv /opt/tutor \
    && python -m venv /opt/installer \
    && /opt/installer/bin/pip install --no-cache-dir --quiet --requirement requirements/installer.txt

FROM installer AS asr-packages
# CTranslate2 asks for CUDA 12's cuBLAS and no cuDNN.
RUN /opt/installer/bin/uv pip install --quiet --compile-bytecode --python /opt/tutor/bin/python \
    --requirement requirements/base.txt --requirement requirements/s3.in \
    --requirement requirements/engines.txt --requirement requirements/observability.txt \
    nvidia-cublas-cu12==12.9.3.13

FROM installer AS wav2vec2-packages
RUN /opt/installer/bin/uv pip install --quiet --compile-bytecode --python /opt/tutor/bin/python \
    --requirement requirements/base.txt --requirement requirements/s3.in \
    --requirement requirements/engines.txt --requirement requirements/observability.txt \
    --requirement requirements/piper.txt --requirement requirements/wav2vec2.in

FROM installer AS whisperx-packages
RUN /opt/installer/bin/uv pip install --quiet --compile-bytecode --python /opt/tutor/bin/python \
    --requirement requirements/base.txt --requirement requirements/s3.in \
    --requirement requirements/engines.txt --requirement requirements/observability.txt \
    --requirement requirements/piper.txt --requirement requirements/whisperx.in \
    --override overrides/whisperx.txt

FROM installer AS musetalk-packages
RUN /opt/installer/bin/uv pip install --quiet --compile-bytecode --python /opt/tutor/bin/python \
    --requirement requirements/base.txt --requirement requirements/s3.in \
    --requirement requirements/engines.txt --requirement requirements/observability.txt \
    --requirement requirements/musetalk.in

# XTTS runs below its own interpreter, beside the worker's.
FROM installer AS xtts-packages
RUN python -m venv /opt/xtts \
    && /opt/installer/bin/uv pip install --quiet --compile-bytecode --python /opt/tutor/bin/python \
    --requirement requirements/base.txt --requirement requirements/s3.in \
    --requirement requirements/engines.txt --requirement requirements/observability.txt --requirement requirements/piper.txt \
    && /opt/installer/bin/uv pip install --quiet --compile-bytecode --python /opt/xtts/bin/python \
    --requirement requirements/xtts.in

FROM ${PYTHON_IMAGE} AS site
WORKDIR /srv/site
COPY . .
RUN python -m compileall -q .

FROM ${PYTHON_IMAGE} AS gpu-runtime
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
COPY --from=site /srv/site /srv/site
ENV PATH=/opt/tutor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/srv/cache \
    NUMBA_CACHE_DIR=/srv/cache/numba \
    HF_HUB_OFFLINE=1 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    DJANGO_SETTINGS_MODULE=tutorplatform.settings.production \
    TUTOR_DATA_DIR=/srv/tutor \
    TUTOR_MODELS_DIR=/srv/models \
    TUTOR_EXCHANGE_DIR=/srv/exchange \
    TUTOR_FACE_CACHE=/srv/cache/faces \
    TUTOR_FETCH_VOICES=False \
    TUTOR_ALIVE_FILE=/tmp/tutor-alive
WORKDIR /srv/site
USER 10001:10001
VOLUME ["/srv/tutor/private", "/srv/models", "/srv/exchange", "/srv/cache"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=600s --retries=3 \
    CMD ["python", "-I", "scripts/probe.py", "worker"]

FROM gpu-runtime AS asr-gpu
COPY --from=asr-packages /opt/tutor /opt/tutor
ENV LD_LIBRARY_PATH=/opt/tutor/lib/python3.11/site-packages/nvidia/cublas/lib \
    TUTOR_WHISPER_DEVICE=cuda \
    TUTOR_WHISPER_COMPUTE_TYPE=float16
CMD ["celery", "--app", "tutorplatform", "worker", "--pool", "threads", "--queues", "asr"]

FROM gpu-runtime AS wav2vec2-gpu
COPY --from=wav2vec2-packages /opt/tutor /opt/tutor
ENV TUTOR_SCORER=wav2vec2_ctc TUTOR_SCORER_DEVICE=cuda TUTOR_SCORER_DIR=/srv/weights/scorer
CMD ["celery", "--app", "tutorplatform", "worker", "--pool", "threads", "--queues", "scoring"]

FROM gpu-runtime AS whisperx-gpu
COPY --from=whisperx-packages /opt/tutor /opt/tutor
ENV TUTOR_SCORER=whisperx TUTOR_SCORER_DEVICE=cuda TUTOR_SCORER_DIR=/srv/weights/scorer
CMD ["celery", "--app", "tutorplatform", "worker", "--pool", "threads", "--queues", "scoring"]

FROM gpu-runtime AS musetalk-gpu
COPY --from=musetalk-packages /opt/tutor /opt/tutor
ENV TUTOR_FACE_RENDERER=musetalk \
    TUTOR_MUSETALK_DIR=/srv/weights/musetalk \
    TUTOR_MUSETALK_DEVICE=cuda
CMD ["sh", "-c", "exec celery --app tutorplatform worker --pool threads --queues \"face,face.$(hostname)\""]

FROM gpu-runtime AS xtts-gpu
COPY --from=xtts-packages /opt/tutor /opt/tutor
COPY --from=xtts-packages /opt/xtts /opt/xtts
ENV TUTOR_SYNTHESIZER=xtts \
    TUTOR_XTTS_PYTHON=/opt/xtts/bin/python \
    TUTOR_XTTS_DIR=/srv/weights/xtts \
    TUTOR_XTTS_DEVICE=cuda
CMD ["celery", "--app", "tutorplatform", "worker", "--pool", "threads", "--queues", "tts"]
