"""The tabs: one file each, with a `panel()` that places its cards."""
