"""Attacks on a server of its own, and what an honest page beside them notices: `python -m benchmarks.hostile`."""
