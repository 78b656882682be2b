"""``ssj adjust``: what changes after the draw, one module per word: recuse, replace, approve, void, log.

`case` is what they all gather and how they all write; `round` draws anew; `papers` renders what has changed.
"""
