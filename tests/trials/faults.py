"""What can go wrong between a worker and its node."""

from enum import StrEnum


class Fault(StrEnum):
    """One way in which a worker's request fares badly, and the one in which it does not."""

    NONE = "none"
    REFUSED = "connection refused"
    RESET = "connection reset"
    HUNG = "no answer"
    SLOW = "slow answer"
    TOO_MANY = "429"
    UNAVAILABLE = "503"
    BLOCKED = "disk block, told of each document"
    TRUNCATED = "half a reply"
    LOST = "reply lost after the write"
    LATE = "written after the worker gave up"
    KILLED_BEFORE = "worker killed before its write arrived"
    KILLED_AFTER = "worker killed after its write, before the reply"
    FULL = "disk block, by the node itself"
    EMPTIED = "node back empty"


# What happens to writes alone; everything else gets through.
OF_WRITES = frozenset(
    {Fault.BLOCKED, Fault.LOST, Fault.LATE, Fault.KILLED_BEFORE, Fault.KILLED_AFTER}
)
