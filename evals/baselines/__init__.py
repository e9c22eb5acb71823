"""What a simpler thing would do on the same cases, so that our figures mean something.

Each is honest: the same texts, the same embedder, and cut-offs that stand in data files.
"""
