"""What ``ssj publish`` shows: what became public and where it lies, what waits until when, what has to be corrected."""

from collections.abc import Mapping, Sequence

from shuangsuiji.actions.publish.listing import Listing
from shuangsuiji.actions.publish.publishing import PublishResult
from shuangsuiji.actions.publish.site import Settled
from shuangsuiji.core.year.disclosure.choosing import Choice, Ready
from shuangsuiji.core.year.disclosure.index import KIND_NAMES, size_text
from shuangsuiji.core.year.publication import Publication
from shuangsuiji.files.public import INDEX, PUBLIC, Damage
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.publishable import first_due, waiting

_SHOWN = 20
_WHY = {"missing": "不见了", "altered": "被改动过"}


def show_published(result: PublishResult) -> None:
    """What was published, or would be; then what else is to be done."""
    console = answers()
    decided, request = result.decided, result.request
    if request.dry_run:
        _would(result)
    elif result.new is not None:
        event = result.new
        console.print(plain(f"已公示 {event.notice}：{event.title}"), style="bold", soft_wrap=True)
        _tasks(result)
        for name, size in result.sizes.items():
            console.print(f"  {name}　{size_text(size)}", soft_wrap=True)
        console.print(f"文件在 {result.folder / PUBLIC}，整个文件夹可直接上传；目录页是 {INDEX}。", soft_wrap=True)
        console.print(f"已记入台账，校验点：{result.checkpoint}", soft_wrap=True)
    elif decided.placed is not None:
        console.print(plain(f"已登记 {decided.placed.notice} 的网址：{decided.placed.url}"), soft_wrap=True)
    elif request.url:
        console.print("这个网址已经登记过，没有变化。")
    else:
        console.print(f"没有待公示的{KIND_NAMES[request.kind]}。")
    _unsaid(result)
    _left_out(decided.choice)
    _to_do(decided.changed, decided.to_withdraw)
    if result.problems:
        notices().print(f"名册有 {len(result.problems)} 处错误，可能缺少地址等内容，见 ssj check。", style="yellow")
    _settled(result.settled)
    if result.new is not None and not result.new.url and not request.dry_run:
        how = f"ssj publish {request.kind} --notice {result.new.notice} --at 网址"
        notices().print(f"下一步：上传到网站后登记网址：{how}", soft_wrap=True)


def print_published(result: PublishResult) -> None:
    """The same for a program."""
    decided, event = result.decided, result.new
    notice = None
    if event is not None:
        notice = {
            "name": event.notice,
            "kind": event.what,
            "title": event.title,
            "on": event.on.isoformat(),
            "files": [
                {"name": name, "size": result.sizes.get(name), "sha256": digest} for name, digest in event.files.items()
            ],
            "tasks": list(event.tasks),
            "corrects": event.corrects,
            "reason": event.reason,
            "withdraws": list(event.withdraws),
            "url": event.url,
            "checkpoint": event.checkpoint,
        }
    going = {one.task for one in decided.going}
    print_json(
        {
            "ok": True,
            "dry_run": result.request.dry_run,
            "notice": notice,
            "placed": decided.placed and {"notice": decided.placed.notice, "url": decided.placed.url},
            "going": [_ready(one) for one in decided.going],
            "waiting": [_ready(one) for one in decided.choice.ready if one.task not in going],
            "otherwise": [_ready(one) for one in decided.choice.otherwise],
            "overdue": decided.choice.overdue,
            "unsaid": _blanks(result),
            **_open(decided.changed, decided.to_withdraw, result.settled.again, result.settled.damages),
            "folder": str(result.folder / PUBLIC),
            "checkpoint": result.checkpoint._asdict(),
        }
    )


def show_list(listing: Listing) -> None:
    """All notices, newest last, and what waits."""
    from rich.table import Table  # noqa: PLC0415 - see console

    console = answers()
    console.print(plain(listing.plan.title), style="bold", soft_wrap=True)
    if listing.notices:
        table = Table("名称", "类别", "公示日期", "任务", "文件", "说明")
        for one in listing.notices.values():
            event = one.event
            formats = "、".join(name.removeprefix(f"{event.notice}.") for name in event.files)
            tasks = str(len(event.tasks)) if event.tasks else ""
            table.add_row(event.notice, KIND_NAMES[event.what], event.on.isoformat(), tasks, formats, _remarks(one))
        console.print(table)
        for one in listing.notices.values():
            for url in dict.fromkeys(one.urls):
                console.print(plain(f"{one.event.notice}：{url}"), soft_wrap=True)
    else:
        notices().print("还没有公示。第一份通常是抽查计划：ssj publish plan。")
    for kind, choice in listing.ready.items():
        if choice.ready:
            console.print(waiting(kind, choice), soft_wrap=True)
    _to_do(listing.changed, listing.to_withdraw)
    _settled(Settled(listing.again, listing.damages))


def print_list(listing: Listing) -> None:
    """The same for a program."""
    print_json(
        {
            "ok": not listing.damages,
            "draw": listing.plan.draw,
            "notices": [_publication(one, listing.sizes) for one in listing.notices.values()],
            "ready": {kind: [_ready(one) for one in choice.ready] for kind, choice in listing.ready.items()},
            "otherwise": {kind: [_ready(one) for one in choice.otherwise] for kind, choice in listing.ready.items()},
            "overdue": sum(choice.overdue for choice in listing.ready.values()),
            **_open(listing.changed, listing.to_withdraw, listing.again, listing.damages),
        }
    )


def _would(result: PublishResult) -> None:
    console = answers()
    decided = result.decided
    if decided.notice is not None:
        files = "、".join(result.sizes)
        console.print(plain(f"将公示 {decided.notice.name}：{decided.notice.title}"), style="bold", soft_wrap=True)
        _tasks(result)
        console.print(f"将写出：{files}。这是预览，没有写任何文件。", soft_wrap=True)
    elif decided.placed is not None:
        console.print(plain(f"将登记 {decided.placed.notice} 的网址：{decided.placed.url}。这是预览。"), soft_wrap=True)
    else:
        console.print(f"没有待公示的{KIND_NAMES[result.request.kind]}。")


def _tasks(result: PublishResult) -> None:
    """The tasks that go out, with their last days; of a correction or withdrawal how many rows there are."""
    from rich.table import Table  # noqa: PLC0415 - see console

    console, decided = answers(), result.decided
    event = decided.published
    if event is not None and event.corrects and event.what in {"results", "penalties"}:
        down = f"，撤下 {'、'.join(event.withdraws)}" if event.withdraws else ""
        console.print(
            plain(f"更正 {event.corrects}：{len(event.tasks)} 项{down}。理由：{event.reason}"), soft_wrap=True
        )
    if not decided.going:
        return
    table = Table("任务编号", "单位名称", "完成或决定", "最迟公示", "剩余工作日")
    for one in decided.going[:_SHOWN]:
        left = "—" if one.left is None else f"逾期 {-one.left}" if one.is_overdue else str(one.left)
        name = one.name or result.names.get(one.subject, "")
        due = (one.due or "—") + ("（推算）" if one.assumed else "")
        table.add_row(plain(one.task), plain(name), one.since, due, left, style="red" if one.is_overdue else "")
    console.print(table)
    if len(decided.going) > _SHOWN:
        console.print(f"…… 还有 {len(decided.going) - _SHOWN} 项（加 --json 可看全部）")
    late = sum(one.is_overdue for one in decided.going)
    console.print(f"共 {len(decided.going)} 项" + (f"，其中 {late} 项已过公示期限。" if late else "，都在期限内。"))
    left_over = len(decided.choice.ready) - len(decided.going)
    if left_over > 0:
        console.print(f"另有 {left_over} 项可以公示，这次没有公示。")


def _unsaid(result: PublishResult) -> None:
    """Penalties that go out without what 双公示 asks for: their time limit runs, so they are not held back."""
    blanks = _blanks(result)
    if blanks:
        which = "、".join(f"{heading} {number} 件" for heading, number in blanks.items())
        how = "请用 ssj record --task 任务编号 --set 处罚依据=… 等补录"
        then = "，再公示。" if result.request.dry_run else "，再用 --correct 更正。"
        notices().print(f"提醒  没有录入，公示里写的是“/”：{which}。{how}{then}", style="yellow", soft_wrap=True)


def _blanks(result: PublishResult) -> dict[str, int]:
    notice = result.decided.notice
    if notice is None or notice.kind != "penalties":
        return {}
    from shuangsuiji.core.year.disclosure.penalties import unsaid  # noqa: PLC0415 - of penalties alone

    return unsaid(notice)


def _left_out(choice: Choice) -> None:
    if choice.otherwise:
        n, due = len(choice.otherwise), first_due(Choice(choice.otherwise))
        last = f"（最早一项的期限是 {due}）" if due else ""
        told = f"另有 {n} 项随机抽查以外的检查没有公示{last}，要公示请加 --otherwise。"
        notices().print(told, soft_wrap=True)


def _to_do(changed: Mapping[str, Sequence[str]], to_withdraw: Sequence[str]) -> None:
    console = notices()
    for name, tasks in changed.items():
        kind = name.split("-", maxsplit=1)[0]
        told = f"{name} 公示以后，有 {len(tasks)} 项内容变了：{_some(tasks)}。"
        how = f"更正：ssj publish {kind} --correct {name} --reason 理由"
        console.print(plain(told + how), style="yellow", soft_wrap=True)
    if to_withdraw:
        told = f"{len(to_withdraw)} 项已公示的处罚登记了变更或撤销，三个工作日内要撤下：{_some(to_withdraw)}。"
        how = f"撤下：ssj publish penalties --withdraw {to_withdraw[0]} --reason 理由"
        console.print(plain(told + how), style="red", soft_wrap=True)


def _settled(settled: Settled) -> None:
    console = notices()
    if settled.again:
        console.print(f"按台账补做了 {len(settled.again)} 个公示文件：{_some(settled.again)}。", soft_wrap=True)
    for damage in settled.damages:
        told = f"已公示的 {damage.file} {_WHY[damage.why]}，按台账也做不出原样。请用备份或网站上的文件恢复。"
        console.print(plain(told), style="bold red", soft_wrap=True)


def _some(names: Sequence[str], most: int = 5) -> str:
    return "、".join(names[:most]) + (f" 等 {len(names)} 个" if len(names) > most else "")


def _remarks(one: Publication) -> str:
    event = one.event
    parts = [f"更正或代替 {event.corrects}"] if event.corrects else []
    parts += [f"撤下 {'、'.join(event.withdraws)}"] if event.withdraws else []
    parts += ["已撤下"] if one.is_withdrawn else []
    parts += [f"见 {'、'.join(one.corrected_by)}"] if one.corrected_by else []
    parts += ["所公示的抽取已作废"] if one.void else []
    return plain("；".join(parts))


def _ready(one: Ready) -> dict[str, object]:
    return {
        "task": one.task,
        "since": one.since,
        "due": one.due or None,
        "left": one.left,
        "overdue": one.is_overdue,
        "assumed": one.assumed,
    }


def _open(
    changed: Mapping[str, Sequence[str]], to_withdraw: Sequence[str], again: Sequence[str], damages: Sequence[Damage]
) -> dict[str, object]:
    return {
        "changed": {name: list(tasks) for name, tasks in changed.items()},
        "to_withdraw": list(to_withdraw),
        "remade": list(again),
        "damaged": [damage._asdict() for damage in damages],
    }


def _publication(one: Publication, sizes: Mapping[str, int]) -> dict[str, object]:
    event = one.event
    return {
        "name": event.notice,
        "kind": event.what,
        "title": event.title,
        "on": event.on.isoformat(),
        "files": [{"name": name, "size": sizes.get(name), "sha256": d} for name, d in event.files.items()],
        "tasks": list(event.tasks),
        "urls": list(one.urls),
        "corrects": event.corrects,
        "corrected_by": list(one.corrected_by),
        "reason": event.reason,
        "withdraws": list(event.withdraws),
        "withdrawn": one.is_withdrawn,
        "void": one.void,
        "checkpoint": event.checkpoint,
    }
