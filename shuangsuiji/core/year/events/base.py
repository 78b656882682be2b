"""What all events are: frozen, and strict about what they hold."""

from pydantic import BaseModel, ConfigDict


class Happening(BaseModel):
    """The base of every event and of its parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
