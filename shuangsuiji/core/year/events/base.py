"""What all events are: frozen, and strict about what they hold.

Those of which a ledger may hold a hundred thousand are dataclasses with slots, of the same strictness: a model keeps a
dict and a set for each.
"""

from pydantic import BaseModel, ConfigDict

STRICT = ConfigDict(extra="forbid")


class Happening(BaseModel):
    """The base of every event and of its parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
