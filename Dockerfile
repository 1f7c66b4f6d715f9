# The container of the action: locked dependencies, the project as a wheel, git, and nothing to build with.
FROM python:3.13-slim-trixie AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/amts
COPY requirements.lock ./
RUN pip --python /opt/amts/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY examples/book examples/book
RUN pip wheel --no-cache-dir --no-deps --wheel-dir dist . \
 && pip --python /opt/amts/bin/python install --no-cache-dir --no-index --no-deps dist/*.whl

FROM python:3.13-slim-trixie
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 # A workspace mounted by a runner may belong to another user, and then git refuses to read it. The
 # container sees no other repositories than those it was given, so all of them are trusted.
 && git config --system --add safe.directory '*' \
 # GitHub's own runners work as user 1001: with the same number the mounted workspace can be written to.
 && useradd --uid 1001 --create-home amts
COPY --from=build /opt/amts /opt/amts
ENV PATH=/opt/amts/bin:$PATH PYTHONUNBUFFERED=1
USER 1001
WORKDIR /home/amts
ENTRYPOINT ["amts"]
