"""Runs in the background: their states, the devices that they share, their limits."""
