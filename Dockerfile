# The Slack bot with its model and its index inside. Nothing is downloaded when it runs.
#
#     docker build -t safepolicing .
#     docker run --env-file .env -v safepolicing-state:/data safepolicing
#
# For signed HTTP set HOST=0.0.0.0 and publish PORT; Socket Mode needs no port.

FROM python:3.11-slim AS build

WORKDIR /build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH

# The CPU build of torch, on its own: the default one carries gigabytes for graphics cards.
RUN pip install --no-cache-dir torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu

COPY pyproject.toml manifest.json README.md ./
COPY knowledge knowledge
COPY ingest ingest
COPY bot bot
COPY evals evals
RUN pip install --no-cache-dir '.[postgres]'

ENV SAFEPOLICING_HOME=/data HF_HUB_OFFLINE=1
RUN safepolicing ingest && safepolicing ask "Is the chokehold ban absolute?"


FROM python:3.11-slim

RUN useradd --create-home --uid 10001 safepolicing
COPY --from=build /venv /venv
COPY --from=build --chown=safepolicing:safepolicing /data /data

ENV PATH=/venv/bin:$PATH SAFEPOLICING_HOME=/data HF_HUB_OFFLINE=1 PYTHONUNBUFFERED=1
USER safepolicing
WORKDIR /home/safepolicing
VOLUME /data
EXPOSE 3000

HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 \
  CMD ["safepolicing", "doctor", "--health"]

# A volume from an older image holds an older index: brought up to date before the bot starts.
CMD ["sh", "-c", "safepolicing ingest && exec safepolicing serve"]
