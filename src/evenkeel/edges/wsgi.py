"""The web application for any WSGI server; `evenkeel serve` runs it under granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")

application = get_wsgi_application()
