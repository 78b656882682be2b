"""``ssj adjust recuse``: inspectors step back from visits; who takes their places is drawn in the same breath."""

from collections.abc import Sequence

from shuangsuiji.actions.adjust.ask import each
from shuangsuiji.actions.adjust.case import Adjusted, opened
from shuangsuiji.actions.adjust.round import Entropy, rounds
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.who import Who
from shuangsuiji.core.year.adjustment import Lookup
from shuangsuiji.core.year.adjustment import recuse as decide
from shuangsuiji.core.year.events import Recused
from shuangsuiji.core.year.redrawing import Leaving
from shuangsuiji.core.year.requests import RecusalRequest
from shuangsuiji.files.workspace import Workspace


def recuse(
    workspace: Workspace,
    plan_name: str | None,
    who: Who,
    requests: Sequence[RecusalRequest],
    *,
    given: str | None,
    entropy: Entropy,
    progress: Progress,
) -> Adjusted:
    """Record the recusals and their round. `given` = a seed typed by hand. Raises Refusal; then nothing is written."""
    with opened(workspace, plan_name, who, command="recuse", progress=progress) as case:
        lookup = Lookup(case.state)

        def ask(request: RecusalRequest) -> list[Recused]:
            return decide(
                lookup,
                request.visit,
                lookup.inspector(request.inspector),
                asked_by=request.asked_by,
                reason=request.reason,
                document_no=request.document_no,
                on=who.now.date(),
            )

        events: dict[tuple[str, str], Recused] = {}
        for recused in (one for answer in each(requests, ask) for one in answer):
            events.setdefault((recused.visit, recused.inspector), recused)
        leaving: dict[str, list[Leaving]] = {}
        for one in events.values():
            leaving.setdefault(one.source, []).append(Leaving(one.visit, one.inspector, "recusal"))
        made = [one for key, one in events.items() if key not in case.state.sources[one.source].recused]
        return case.record([*made, *rounds(case, made, leaving, given=given, entropy=entropy)], progress)
