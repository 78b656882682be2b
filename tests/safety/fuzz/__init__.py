"""Fuzzing of every door: ``make fuzz`` (see CONTRIBUTING.md), and a short run in the tests.

- `seeds` makes good files of every kind, `mutations` spoil them with a care for their form, `doors` open them.
- `watching` runs a door in a process of its own that has a limit of time and memory; `shrinking` makes what broke it
  small, for `../corpus/`.
- An input is named by door, seed and number, and is the same again for the same three.
"""
