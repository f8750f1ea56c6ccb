"""What every test may use; fixtures of one room live in that room's own conftest."""

pytest_plugins = ["tests.support.tiers"]
