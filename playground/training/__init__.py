"""One run, step by step, and what it keeps. No threads and no screen."""
