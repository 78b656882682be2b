"""Messages to WeCom, DingTalk, Feishu or mail, by apprise (optional extra ``notify``): the only thing on a network.

An address holds a secret key: no sentence repeats more than its beginning.
"""

from collections.abc import Callable, Sequence

from shuangsuiji.core.refusal import USAGE, Refusal

Send = Callable[[str, str], None]


def sender(addresses: Sequence[str]) -> Send:
    """A function that sends a title and a text to all `addresses`.

    Raises Refusal at once where apprise is missing or does not know an address; the function where sending failed.
    """
    try:
        import apprise  # noqa: PLC0415 - an optional extra
    except ImportError:
        what = "没有安装发送通知的组件 apprise。"
        todo = "请先安装：python -m pip install 'shuangsuiji[notify]'，或 python -m pip install apprise。"
        raise Refusal("no-apprise", what, todo=todo, exit_code=USAGE) from None
    service = apprise.Apprise()
    for address in addresses:
        if not service.add(address):
            what = f"--notify 的地址“{address.split(':', 1)[0][:16]}:…”看不懂。"
            todo = "例如 wecombot://密钥、dingtalk://密钥、feishu://密钥、mailto://用户:密码@邮箱。"
            raise Refusal("notify-address", what, todo=todo, exit_code=USAGE)

    def send(title: str, text: str) -> None:
        if not service.notify(title=title, body=text):
            what = "通知没有全部发出去。"
            raise Refusal("notify-failed", what, todo="请核对网络和 --notify 的地址；到期情况见上。")

    return send
