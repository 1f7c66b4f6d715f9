# The container of the action: locked dependencies, the project as a wheel, git, and nothing to build with.
# GitHub runs it as root in the mounted workspace, with a HOME of its own: so no USER and no WORKDIR at the end.
FROM python:3.13-slim-trixie@sha256:9d2e5553305c7c7b0097999bb17187c69b921ccd6bc9d40e4bb5ebe652c00285 AS base

FROM base AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv --without-pip /opt/amts \
 && pip --python /opt/amts/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r requirements.lock \
 && python -m venv --without-pip /opt/build \
 && pip --python /opt/build/bin/python install --no-cache-dir --only-binary :all: --require-hashes \
    -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY examples/book examples/book
COPY examples/workflows examples/workflows
RUN /opt/build/bin/hatchling build --target wheel \
 && pip --python /opt/amts/bin/python install --no-cache-dir --no-index --no-deps dist/*.whl

FROM base
# Debian keeps only the newest git of a release: a pinned version would soon be gone, and with it the build.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 # The mounted workspace belongs to the user of the runner, and then git refuses to read it. The container sees
 # no other repositories than those it was given, so all of them are trusted. In the system's configuration,
 # since GitHub's HOME hides the one of root.
 && git config --system --add safe.directory '*'
COPY --from=build /opt/amts /opt/amts
ENV PATH=/opt/amts/bin:$PATH PYTHONUNBUFFERED=1
ENTRYPOINT ["/opt/amts/bin/amts"]
