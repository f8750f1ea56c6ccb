"""Brings to this machine what the servers of the tests run on; needs nothing but Python.

What cannot be had is named here and no more: the run of the tests tries again, and judges.
"""

import os

from tests.support.nodes import chromium, elasticsearch, machine, postgres

UNLESS_NAMED = (
    ("ELASTICSEARCH_URL", elasticsearch.server_home),
    ("ELASTICSEARCH_URL", elasticsearch.java_home),
    ("TEST_DATABASE_URL", postgres.find_programs),
    ("CHROMIUM", chromium.executable),
)

for variable, bring in UNLESS_NAMED:
    try:
        if not os.environ.get(variable):
            bring()
    except machine.Unavailable as reason:
        print(reason)
