# The service in production form: one image for web, worker, beat, sealer and the migration job, and under users of their
# own, with nothing of the service's, for signer and witness.
FROM python:3.11-slim-bookworm AS build
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /tmp/base.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home kbi \
    && useradd --system --uid 10002 --user-group --no-create-home signer \
    && useradd --system --uid 10003 --user-group --no-create-home witness \
    && install --directory --owner=kbi --mode=0755 /var/lib/kbi-audit \
    && install --directory --owner=kbi --mode=0700 /var/lib/kbi-attachments \
    && install --directory --owner=signer --mode=0700 /var/lib/signer \
    && install --directory --owner=witness --mode=0700 /var/lib/witness
WORKDIR /srv/kbi
COPY --from=build /venv /venv
COPY manage.py ./
COPY kbi_audit kbi_audit
COPY compliance compliance
COPY templates templates
ENV PATH=/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=kbi_audit.settings.production \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WEB_HOST=0.0.0.0 \
    BEAT_FILE=/tmp/beat-schedule
RUN python -m kbi_audit.build
USER 10001
EXPOSE 8000
CMD ["python", "-m", "kbi_audit.run", "web"]
