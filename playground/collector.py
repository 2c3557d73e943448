"""Python's garbage collector in a process that lives long."""

import gc


def keep_loaded() -> None:
    """Takes what is there now, once all is loaded, out of the collector's sight: modules, classes, words.

    Otherwise it looks at half a million objects again and again, for a quarter of a second in which nothing else runs.
    """
    gc.collect()
    gc.freeze()
