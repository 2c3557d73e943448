"""A person's own file, understood: what it holds, what was left out of it, and what only its owner can say.

`reader.read_data(data, name)` looks at any file and gives one `Understood`. Nothing here needs torch or pandas.
"""
