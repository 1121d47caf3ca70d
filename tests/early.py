"""Loaded by pytest before anything else (`-p tests.early`): the settings must never see a real data folder."""

import os
import secrets
import sys
import tempfile
from urllib.parse import urlsplit, urlunsplit

os.environ["CANBO_DATA"] = tempfile.mkdtemp(prefix="canbo-test-")
os.mkdir(os.environ["CANBO_DATA"] + "/static")  # WhiteNoise warns where it is missing
os.environ.setdefault("POLARS_MAX_THREADS", "2")
# Two hundred child processes and both workers would each compile the whole program and every test again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ON_POSTGRES = os.environ.get("CANBO_TEST_DATABASE") == "postgres"
SERVER = os.environ.get("CANBO_TEST_DATABASE_URL", "")
if ON_POSTGRES:
    # Workers of xdist share the name: pytest-django adds each one's own ending.
    os.environ.setdefault("CANBO_TEST_RUN", secrets.token_hex(4))
    os.environ["DATABASE_URL"] = urlunsplit(
        urlsplit(SERVER)._replace(path="/canbo_" + os.environ["CANBO_TEST_RUN"])
    )
else:
    os.environ.pop("DATABASE_URL", None)
