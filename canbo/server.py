"""The web application as each server worker loads it (WSGI). Workers are spawned, so nothing is loaded before this."""

import multiprocessing
import os
import signal
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canbo.settings")
# Two cores and several workers: Polars' own pool stays small unless the administrator says otherwise.
os.environ.setdefault("POLARS_MAX_THREADS", "2")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def _end_with_the_server() -> None:
    """A server killed with -9 cannot stop its workers: without this they would keep its port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=_end_with_the_server, daemon=True).start()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  every view is imported now, so that the first page does not wait for it
