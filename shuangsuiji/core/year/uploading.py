"""What has gone to the superior's platform (S2 四(二)): one moment said by the office, field by field of a task.

- Said of everything that had happened by that moment; what a task learns later has to be uploaded later.
- What is on record as uploaded keeps its own time.
"""

from collections.abc import Mapping

from shuangsuiji.core.year.running import UPLOADS


def uploaded(values: Mapping[str, str], when: str) -> dict[str, str]:
    """The fields to record of a task with `values` of which everything was on the platform at `when` (a moment).

    >>> uploaded({"check_ended": "2023-05-09T14:30", "case_filed_on": "2023-05-12"}, "2023-05-10T09:00")
    {'uploaded': '2023-05-10T09:00'}
    """
    return {
        there: when[: len(values[since])]
        for since, there, _ in UPLOADS
        if since in values and there not in values and values[since] <= when[: len(values[since])]
    }
