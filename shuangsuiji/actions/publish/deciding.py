"""What a call of ``ssj publish`` makes public, or why it may not: decided before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.actions.publish.notices import Making, build, rows_now
from shuangsuiji.actions.publish.request import Request
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.closed import refuse_closed
from shuangsuiji.core.year.disclosure import choosing
from shuangsuiji.core.year.disclosure.choosing import Choice, OfTasks, Ready
from shuangsuiji.core.year.disclosure.notice import Notice
from shuangsuiji.core.year.events import Happened, Placed, Published
from shuangsuiji.core.year.publication import Publication, latest
from shuangsuiji.core.year.state import State

SOON = timedelta(days=7)
"""What ``--due`` takes: as far ahead as ``ssj deadlines`` looks."""


REPLACED: Mapping[str, str] = {"plan": "年度抽查计划已经调整", "items": "抽查事项清单已经调整"}
"""Kinds of which a new notice takes the place of the one before, and why; draws and adjustments follow one another."""
SEALED = "名册已经封存，公布名册摘要和种子来源"
"""Why a plan that was public before its sealing is published again."""
NOTHING = Choice(())
WITHDRAWAL = "行政处罚法第四十八条：公开的行政处罚决定被变更、撤销的，三日内撤回"


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to happen: a `notice` (`published`: its event, still without files), a `placed` address, or nothing.

    `going`: the tasks that become public. `choice`: all that was ready. `changed`: published rows that are others now,
    by notice; `to_withdraw`: tasks whose published penalty was changed or revoked.
    """

    notice: Notice | None = None
    published: Published | None = None
    placed: Placed | None = None
    going: Sequence[Ready] = ()
    choice: Choice = NOTHING
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    to_withdraw: Sequence[str] = ()


def decide(desk: Desk, state: State, happened: Sequence[Happened], checkpoint: str, request: Request) -> Decided:
    """Decide. Raises Refusal or Faulty; then nothing is to be written."""
    if request.notice:
        return Decided(placed=_placed(state, request.notice, request))
    decided = _Deciding(desk, state, happened, checkpoint, request).decided()
    if decided.notice is None and request.url:
        newest = latest(state.notices, request.kind)
        if newest is None:
            what = "没有要公示的内容，也没有公示过，网址没有可登记的文书。"
            raise Refusal("nothing-published", what, todo="先公示，再登记网址。")
        return Decided(placed=_placed(state, newest.event.notice, request))
    return decided


class _Deciding:
    def __init__(self, desk: Desk, state: State, happened: Sequence[Happened], checkpoint: str, request: Request):
        self.desk, self.state, self.happened, self.checkpoint = desk, state, happened, checkpoint
        self.request = request

    def decided(self) -> Decided:
        request, state = self.request, self.state
        match request.kind:
            case "results" | "penalties":
                return self._of_tasks(request.kind)
            case "draw" if state.drawn is None:
                raise Refusal("nothing-drawn", "本方案还没有抽取，没有可公示的抽取结果。", todo="抽取请用 ssj draw。")
        if request.kind in {"draw", "adjustments"}:
            refuse_closed(state, "公示抽取和调整情况")
        old = latest(state.notices, request.kind)
        if request.kind == "draw" and old is not None and old.line > state.line:
            return self._unchanged(old)
        corrects = old.event.notice if old is not None and request.kind in REPLACED else ""
        notice = self._build(self._making(corrects=corrects))
        if request.kind == "adjustments" and not notice.tables[0].rows:
            raise Refusal("nothing-adjusted", "没有回避、替换或完结，没有可公示的调整。")
        if old is not None and old.event.content == choosing.said(notice):
            return self._unchanged(old)
        return Decided(notice, self._event(notice, corrects))

    def _of_tasks(self, kind: OfTasks) -> Decided:
        state, request = self.state, self.request
        out = choosing.public(state, kind)
        changed = choosing.changed(state, kind, rows_now(self.desk, state, kind, list(out)))
        to_withdraw = choosing.to_be_withdrawn(state) if kind == "penalties" else []
        choice = NOTHING
        going: Sequence[Ready] = ()
        corrects, withdraws = request.correct, tuple(dict.fromkeys(request.withdraw))
        if request.correct:
            tasks = self._corrected(kind, changed, out)
        elif request.withdraw:
            corrects = self._withdrawn_from(out, to_withdraw)
            tasks = [name for name in state.notices[corrects].event.tasks if name in out and name not in withdraws]
        else:
            otherwise = request.otherwise or bool(request.tasks)
            choice = choosing.choose(state, kind, self.desk.open_clocks(state), otherwise=otherwise)
            going = self._going(kind, choice, out)
            chosen = {one.task for one in going}
            tasks = [name for name in state.tasks if name in chosen]
        notice: Notice | None = None
        event: Published | None = None
        if tasks or withdraws:
            notice = self._build(self._making(tuple(tasks), corrects, withdraws))
            self._refuse_early(kind, (*tasks, *withdraws))
            event = self._event(notice, corrects, withdraws)
        settled = {*tasks, *withdraws}
        left = {name: [task for task in found if task not in settled] for name, found in changed.items()}
        return Decided(
            notice=notice,
            published=event,
            going=going,
            choice=choice,
            changed={name: found for name, found in left.items() if found},
            to_withdraw=[name for name in to_withdraw if name not in withdraws],
        )

    def _going(self, kind: OfTasks, choice: Choice, out: Mapping[str, Publication]) -> Sequence[Ready]:
        """Those that go out: all, the due ones, or the named ones. Raises Refusal, naming all that may not."""
        request = self.request
        if request.tasks:
            wanted = dict.fromkeys(request.tasks)
            obstacles = [choosing.obstacle(self.state, kind, name, out) for name in wanted]
            against = [one for one in obstacles if one is not None]
            if against:
                what = "".join(one.what for one in against)
                raise Refusal(
                    against[0].code, what, todo="请去掉这些任务。", details={"tasks": [one.task for one in against]}
                )
            return [one for one in choice.ready if one.task in wanted]
        if request.only_due:
            until = (self.desk.today + SOON).isoformat()
            return [one for one in choice.ready if one.due and one.due <= until]
        return choice.ready

    def _corrected(
        self, kind: OfTasks, changed: Mapping[str, Sequence[str]], out: Mapping[str, Publication]
    ) -> list[str]:
        """The tasks of a correcting notice: changed rows; of penalties all, for the old notice goes off the site."""
        name = self.request.correct
        old = _known(self.state, name).event
        if old.what != kind:
            todo = f"请用 ssj publish {old.what}。"
            raise Refusal("other-kind", f"{name} 不是这一类公示。", todo=todo, exit_code=USAGE)
        if name not in changed:
            others = f"需要更正的：{'、'.join(changed)}。" if changed else "已公示的内容都和台账一致。"
            what = f"{name} 公示的内容没有变化，没有可更正的。"
            raise Refusal("nothing-to-correct", what, todo=others, details={"changed": sorted(changed)})
        return list(changed[name]) if kind == "results" else [task for task in old.tasks if task in out]

    def _withdrawn_from(self, out: Mapping[str, Publication], to_withdraw: Sequence[str]) -> str:
        """The notice that the withdrawn tasks stand in. Raises Refusal for those that cannot be withdrawn."""
        names = list(dict.fromkeys(self.request.withdraw))
        for name in names:
            if name not in out:
                what = f"任务 {name} 没有正在公示的行政处罚，没有可撤下的。"
                raise Refusal("not-published", what, todo="正在公示的见 ssj publish list。", source=WITHDRAWAL)
            if name not in to_withdraw:
                what = f"任务 {name} 的处罚没有登记变更或撤销，不能撤下。"
                todo = f"先登记：ssj record --task {name} --set 处罚变更或撤销日期=日期。"
                raise Refusal("not-changed", what, todo=todo, source=WITHDRAWAL)
        partners = [task for task in choosing.same_decision(self.state, names, out) if task not in names]
        if partners:
            what = f"{'、'.join(partners)} 和要撤下的任务是同一个处罚决定，要一起撤下。"
            todo = "登记它们的处罚变更或撤销日期，再把它们也写进 --withdraw。"
            raise Refusal("same-decision", what, todo=todo, source=WITHDRAWAL, details={"tasks": partners})
        notices = list(dict.fromkeys(out[name].event.notice for name in names))
        if len(notices) > 1:
            what = f"这些任务在不同的公示里（{'、'.join(notices)}），一次只能撤下一份里的。"
            raise Refusal("several-notices", what, todo="请分几次运行。", exit_code=USAGE)
        return notices[0]

    def _build(self, making: Making) -> Notice:
        return build(self.desk, self.state, making, self.happened)

    def _making(self, tasks: tuple[str, ...] = (), corrects: str = "", withdraws: tuple[str, ...] = ()) -> Making:
        request = self.request
        number = 1 + sum(one.event.what == request.kind for one in self.state.notices.values())
        return Making(
            request.kind, request.on, number, self.checkpoint, tasks, corrects, self._reason(corrects), withdraws
        )

    def _reason(self, corrects: str) -> str:
        """Why, as typed; of a plan or list that takes the place of another it may be left out."""
        kind, state = self.request.kind, self.state
        was_sealed_apart = state.sealed is not None and bool(state.sealed.inspectors)
        if kind == "plan" and corrects and was_sealed_apart and state.sealed_line > state.notices[corrects].line:
            return self.request.reason.strip() or SEALED
        return self.request.reason.strip() or (REPLACED.get(kind, "") if corrects else "")

    def _event(self, notice: Notice, corrects: str, withdraws: tuple[str, ...] = ()) -> Published:
        """The event, but for its files. Raises Refusal for a day on which the ledger had not come so far."""
        request = self.request
        last = max((one.event.on for one in self.happened), default=request.on)
        if request.on < last:
            what = f"公示日期 {request.on} 早于台账最后记录的事情（{last}），那时还没有这样一份公示。"
            todo = f"请写 {last} 或以后的日期；早先在别处公示的，用 ssj record 登记公示日期。"
            raise Refusal("date-before-ledger", what, todo=todo)
        return Published(
            on=request.on,
            notice=notice.name,
            what=notice.kind,
            title=notice.title,
            files={},
            tasks=dict(notice.tasks),
            content=choosing.said(notice),
            corrects=corrects,
            reason=notice.reason,
            withdraws=withdraws,
            url=request.url,
            checkpoint=self.checkpoint,
        )

    def _refuse_early(self, kind: OfTasks, tasks: Sequence[str]) -> None:
        """A notice cannot be older than what it tells of."""
        since = choosing.earliest(self.state, kind, tasks)
        if since is not None and self.request.on < since:
            what = f"公示日期 {self.request.on} 早于其中最后一项结果的日期（{since}）。"
            raise Refusal("date-before-results", what, todo=f"请写 {since} 或以后的日期。")

    def _unchanged(self, old: Publication) -> Decided:
        if self.request.url:
            return Decided()
        event = old.event
        what = f"这份内容已于 {event.on} 公示（{event.notice}：{event.title}），没有变化，不再公示。"
        details: dict[str, object] = {"notice": event.notice, "on": event.on.isoformat(), "files": sorted(event.files)}
        raise Refusal("already-published", what, todo=f"文件：{'、'.join(event.files)}。", details=details)


def _placed(state: State, name: str, request: Request) -> Placed | None:
    """The address on record; None where it is already."""
    one = _known(state, name)
    if one.is_withdrawn:
        raise Refusal("withdrawn", f"{name} 已撤下，不再登记网址。")
    if request.on < one.event.on:
        raise Refusal("date-before-notice", f"{request.on} 早于 {name} 的公示日期（{one.event.on}）。")
    return None if request.url in one.urls else Placed(on=request.on, notice=name, url=request.url)


def _known(state: State, name: str) -> Publication:
    if name not in state.notices:
        known = "、".join(state.notices) or "还没有"
        raise Refusal("unknown-notice", f"没有公示文书“{name}”。", todo=f"已公示的：{known}。", exit_code=USAGE)
    return state.notices[name]
