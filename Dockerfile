# The portal for production: the locked packages, the code, and an account without privileges.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=portal.settings.production
WORKDIR /portal

COPY requirements/base.lock requirements/base.lock
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/base.lock

COPY . .
# These two are for this one command; the running portal gets its own.
RUN SECRET_KEY=build ALLOWED_HOSTS=localhost python manage.py compile_catalogues \
    && useradd --system --create-home portal \
    && install -d -o portal -g portal /data
USER portal
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "portal.wsgi:application"]
