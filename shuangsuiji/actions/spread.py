"""The pieces of a simulation, shared among processes where that is worth it; the counts are the same either way.

- New processes are spawned, never forked: the same on every system. Each makes what the pieces share once.
- Interrupted, whatever waits is dropped and the pieces at work are finished: a second or two, nobody is left.
- A process ends with the one that began it, whatever became of that one. Where none can be begun (a locked-down
  computer), or one dies, the work is done here.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.simulating.work import Asked, Made, Piece, Worker
from shuangsuiji.core.simulating.years import Waited

WORTH = 400
"""Draws that take as long as a second process needs to begin."""
_MOST = 8

Done = Callable[[Piece], None]


def processes(asked: Asked, wanted: int | None) -> int:
    """How many processes work: `wanted`, or as many as the computer has cores where the work is worth it."""
    if wanted is not None:
        return wanted
    return 1 if asked.seeds < WORTH else min(_MOST, _cores())


def spread(pool: Pool, asked: Asked, waited: Waited, pieces: Sequence[Piece], jobs: int, done: Done) -> list[Made]:
    """The counts of all pieces, in whatever order they come; `done` is told of each."""
    made: dict[Piece, Made] = {}
    if jobs > 1:
        # What a computer does not let us share is done here.
        with (
            suppress(BrokenProcessPool, OSError, ImportError),
            closing(_shared(pool, asked, waited, pieces, jobs)) as all_of_them,
        ):
            for piece, counts in all_of_them:
                made[piece] = counts
                done(piece)
    rest = [piece for piece in pieces if piece not in made]
    if rest:
        worker = Worker(pool, asked, waited)
        for piece in rest:
            made[piece] = worker.do(piece)
            done(piece)
    return list(made.values())


def _shared(
    pool: Pool, asked: Asked, waited: Waited, pieces: Sequence[Piece], jobs: int
) -> Generator[tuple[Piece, Made], None, None]:
    spawn = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, spawn, _begin, (pool, asked, waited))
    try:
        with _uninterrupted():
            waiting: dict[Future[Made], Piece] = {executor.submit(_do, piece): piece for piece in pieces[:jobs]}
        waiting |= {executor.submit(_do, piece): piece for piece in pieces[jobs:]}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes begun here inherit that an interrupt is none of theirs; ours comes a moment later."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield  # nothing is inherited there: `_begin` must do
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - there is none on Windows

    resource_tracker.ensure_running()  # it lifts the mask when it is begun
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))  # waits, is not lost
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


_worker: list[Worker] = []
"""In a spawned process: the one that does its pieces."""


def _begin(pool: Pool, asked: Asked, waited: Waited) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not inherited
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(Worker(pool, asked, waited))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(piece: Piece) -> Made:
    return _worker[0].do(piece)


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
