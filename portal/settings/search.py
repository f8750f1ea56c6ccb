"""Where the search engine is, how long a request may wait for it, how often programs may ask."""

from pathlib import Path

import environ

env = environ.Env()

ELASTICSEARCH_URLS: list[str] = env.list("ELASTICSEARCH_URL", default=[])
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA = env("ELASTICSEARCH_CA", default="")
SEARCH_PREFIX = env("SEARCH_PREFIX", default="portal")
SEARCH_DIR = f"{env('DATA_DIR', default=str(Path(__file__).resolve().parents[2] / 'var'))}/search"
SEARCH_ENGINE = "elasticsearch" if ELASTICSEARCH_URLS else "embedded"
SEARCH_CONNECT_SECONDS = 0.3
SEARCH_READ_SECONDS = 1.5
SEARCH_BREAKER_FAILURES = 3
SEARCH_BREAKER_PROBE_SECONDS = 5.0
# Whether /metrics is open to everybody; elsewhere it asks for the token, and is not there without.
METRICS_OPEN = False
METRICS_TOKEN = env("METRICS_TOKEN", default="")
API_RATE = env("API_RATE", default="600/min")
# How often one address, which may be a whole office's, or one person may ask while typing.
SUGGEST_RATE = "600/min"
EXPORT_RATE = env("EXPORT_RATE", default="20/min")
# How many searches of one address or person the search log takes.
SEARCH_LOG_RATE = "60/min"
