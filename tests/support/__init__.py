"""What the tests stand on: real servers, tiers, catalogue tools."""
