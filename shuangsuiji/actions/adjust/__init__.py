"""``ssj adjust``: what changes after the draw, one module per word: recuse, replace, void, log.

`replace` is also where a replacement is approved and taken back. `case` is what they all gather and how they all write;
`round` draws anew; `papers` renders what has changed.
"""
