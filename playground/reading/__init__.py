"""What people hand in, read apart: in processes without torch, with limits of time, memory and output.

`pool.POOL.call("see_photo", {...}, body)` runs a registered reader in one of a few warm processes. A file that makes
its reader crash, hang or fill the memory costs its own request a sentence, and nobody else anything.
"""
