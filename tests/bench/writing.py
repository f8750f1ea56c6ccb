"""Writes a wide catalogue into a new generation, in a process of its own, and puts it to use.

`python -m tests.bench.writing COPIES` says in JSON how many documents, seconds and MB it took.
"""

import json
import resource
import sys
import time

import django


def write(copies: int) -> dict[str, float]:
    """Write every case so many times; the seconds are the engine's, without reading the cases."""
    from search.engines import get_engine
    from tests.bench.enlarging import copied_writes

    engine = get_engine()
    draft = engine.begin()
    written, seconds = 0, 0.0
    for batch in copied_writes(copies):
        start = time.perf_counter()
        draft.write(batch)
        seconds += time.perf_counter() - start
        written += len(batch)
    draft.settle()
    engine.use(draft.name)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"written": written, "seconds": seconds, "megabytes": peak}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(write(int(sys.argv[1]))))
