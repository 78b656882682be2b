"""What a door has to say beside the answer, though it goes on. The command line listens and puts it on stderr."""

from collections.abc import Callable
from contextvars import ContextVar

Listener = Callable[[str], None]
_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


def listen(listener: Listener) -> None:
    """Let `listener` have what is said from now on."""
    _LISTENER.set(listener)


def say(sentence: str) -> None:
    """Say `sentence` to whoever listens."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(sentence)
