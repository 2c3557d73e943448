"""From the bytes of a file that people hand in to cells, numbers, dates and pixels. Nothing here needs torch.

`calls.read("photo", options, body)` runs a registered reader: in this process for the owner of a machine, in one of a
few warm processes in a server. There a file that makes its reader crash, hang or fill the memory costs its own request
a sentence, and nobody else anything.
"""
