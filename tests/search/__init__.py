"""Tests of finding: sync, engines, facets, faults."""
