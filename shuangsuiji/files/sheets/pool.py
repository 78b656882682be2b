"""Several processes, spawned as on Windows wherever we are, so that the behaviour is the same everywhere.

A room of its own because importing it costs 25 ms, which a county never needs.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

MOST_WORKERS = 60
"""Windows cannot wait for more than 61 processes."""

Call = tuple[Callable[..., int], *tuple[object, ...]]
"""A function of some module and its arguments, all of which can be pickled."""


class NoProcessesError(Exception):
    """There are none to be had here: a locked-down machine, too little memory, a script without a `__main__` guard."""


def each_result(calls: Iterable[Call], workers: int) -> Iterator[int]:
    """What the `calls` return, in the order in which they are done; the first error stops the rest and is raised."""
    with ProcessPoolExecutor(min(workers, MOST_WORKERS), mp_context=get_context("spawn")) as pool:
        try:
            for future in as_completed([pool.submit(function, *arguments) for function, *arguments in calls]):
                yield future.result()
        except BrokenProcessPool as broken:
            raise NoProcessesError from broken
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
