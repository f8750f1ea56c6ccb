"""The relevance kit: how well an engine answers queries that somebody has judged."""
