# The tracker as a small image that runs as nobody in particular. See docker-compose.yml.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt /app/
RUN /venv/bin/pip install --quiet --requirement /app/requirements.txt
COPY . /app
WORKDIR /app
# Font, style sheet, catalogues and static files are part of the image: nothing is built when it starts.
RUN DATA_DIR=/tmp/build /venv/bin/python manage.py build_assets && /venv/bin/python -m compileall -q .

FROM python:3.11-slim-bookworm
# What WeasyPrint draws the text of PDF files with.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home tracker \
    && install --directory --owner=tracker --mode=0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data HOST=0.0.0.0
USER tracker
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config=python:tracker.gunicorn_conf", "tracker.wsgi:application"]
