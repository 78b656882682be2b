"""Time stamps (RFC 3161) of pool and checkpoints, by an authority made for the occasion. No network."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from shuangsuiji.files.timestamps import request
from tests.conftest import County
from tests.verify.sealing import KNOWN_ON, SEALED_ON, SOURCES, announce
from tests.year.returning import Clock

pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl is needed to play the authority")

CONFIG = """\
[tsa]
default_tsa=t
[t]
serial=./serial
crypto_device=builtin
signer_cert=./tsa.pem
signer_key=./tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha512
ess_cert_id_alg=sha256
"""


class Authority:
    """Who signs stamps: a root and a certificate for time stamping."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.root = folder / "ca.pem"
        (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
        (folder / "tsa.cnf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        self._run(
            "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "9000", "-subj", "/CN=Test Root"
        )
        self._run("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test Authority")
        by = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "9000", "-extfile", "ext")
        self._run("x509", "-req", "-in", "tsa.csr", *by, "-out", "tsa.pem")

    def stamp(self, query: Path) -> Path:
        """The answer to a request."""
        answer = query.with_suffix(".tsr")
        self._run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", str(query), "-out", str(answer))
        return answer

    def _run(self, *words: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *words], cwd=self.folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def sealed(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    announce(county)
    Clock(monkeypatch)(SEALED_ON)
    assert county.ssj("seal").code == 0
    return county


def ask(county: County, of: str) -> Path:
    file = county.root / f"{of}.tsq"
    assert county.ssj("seal", "--request", str(file), "--of", of).code == 0
    return file


def test_a_request_is_what_openssl_would_ask(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"SHA256SUMS").hexdigest()
    theirs = tmp_path / "theirs.tsq"
    assert OPENSSL is not None
    words = [OPENSSL, "ts", "-query", "-digest", digest, "-sha256", "-cert", "-no_nonce", "-out", str(theirs)]
    subprocess.run(words, check=True, capture_output=True)

    assert request(digest) == theirs.read_bytes()


def test_a_stamp_of_the_pool_is_checked_and_kept(sealed: County, authority: Authority) -> None:
    stamp = authority.stamp(ask(sealed, "pool"))

    told = sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root), "--json")

    assert told.code == 0, told.err
    event = json.loads((sealed.dossier / "ledger.jsonl").read_text("utf-8").splitlines()[-1])["event"]
    pool = hashlib.sha256((sealed.dossier / "pool/SHA256SUMS").read_bytes()).hexdigest()
    assert (event["kind"], event["of"], event["digest"], event["line"]) == ("timestamp-attached", "pool", pool, 0)
    assert (event["authority"], event["file"]) == ("CN=Test Authority", "pool.tsr")
    assert (sealed.dossier / "timestamps/pool.tsr").read_bytes() == stamp.read_bytes()
    assert (sealed.dossier / "timestamps/pool.pem").read_bytes() == authority.root.read_bytes()
    assert event["sha256"] == hashlib.sha256(stamp.read_bytes()).hexdigest()


def test_a_stamp_of_a_checkpoint_finds_its_line_though_the_ledger_went_on(sealed: County, authority: Authority) -> None:
    stamp = authority.stamp(ask(sealed, "checkpoint"))
    assert sealed.ssj("note", "training", "--title", "业务培训").code == 0

    told = sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root), "--json").json

    assert (told["of"], told["line"], told["file"]) == ("checkpoint", 1, "checkpoint-1.tsr")


def test_the_same_stamp_is_kept_once(sealed: County, authority: Authority) -> None:
    stamp = authority.stamp(ask(sealed, "pool"))
    words = ("seal", "--timestamp", str(stamp), "--certificate", str(authority.root))
    assert sealed.ssj(*words).code == 0
    before = sealed.files()

    again = sealed.ssj(*words)

    assert again.code == 3
    assert "这个时间戳已经登记过（pool.tsr）。" in again.err
    assert sealed.files() == before


def test_a_second_stamp_of_the_same_digest_stands_beside_the_first(sealed: County, authority: Authority) -> None:
    query = ask(sealed, "pool")
    for _ in range(2):
        stamp = authority.stamp(query)
        assert sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root)).code == 0

    assert sorted(path.name for path in (sealed.dossier / "timestamps").glob("*.tsr")) == ["pool.tsr", "pool_2.tsr"]


def test_a_stamp_of_something_else_is_refused(sealed: County, authority: Authority, tmp_path: Path) -> None:
    query = tmp_path / "other.tsq"
    query.write_bytes(request("ab" * 32))
    stamp = authority.stamp(query)
    before = sealed.files()

    answer = sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root))

    assert answer.code == 3
    assert f"这个时间戳证明的是 {'ab' * 32}，既不是本卷宗的名册摘要，也不是任何一行台账的校验点。" in answer.err
    assert sealed.files() == before


def test_what_it_is_of_may_be_said_and_then_must_be_so(sealed: County, authority: Authority) -> None:
    stamp = authority.stamp(ask(sealed, "pool"))

    answer = sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root), "--of", "checkpoint")

    assert answer.code == 2
    assert "时间戳证明的是名册摘要。" in answer.err


@pytest.mark.parametrize("damage", ["signature", "digest", "not one", "another root", "no root"])
def test_a_stamp_that_does_not_hold_is_refused(
    sealed: County, authority: Authority, tmp_path_factory: pytest.TempPathFactory, damage: str
) -> None:
    stamp, root = authority.stamp(ask(sealed, "pool")), authority.root
    content = stamp.read_bytes()
    match damage:
        case "signature":
            stamp.write_bytes(content[:-6] + bytes(6))
        case "digest":
            pool = hashlib.sha256((sealed.dossier / "pool/SHA256SUMS").read_bytes()).digest()
            assert pool in content
            stamp.write_bytes(content.replace(pool, bytes(32)))
        case "not one":
            stamp.write_bytes(b"not a stamp")
        case "another root":
            root = Authority(tmp_path_factory.mktemp("other")).root
        case _:
            root = authority.folder / "tsa.pem"
    before = sealed.files()

    answer = sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(root))

    assert answer.code == (2 if damage == "no root" else 4)
    assert "证书" in answer.err or "时间戳不对" in answer.err
    assert sealed.files() == before


def test_before_the_sealing_there_is_nothing_to_stamp(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    announce(county)
    Clock(monkeypatch)(SEALED_ON)

    for of in ("pool", "checkpoint"):
        assert county.ssj("seal", "--request", str(county.root / "x.tsq"), "--of", of).code == 3
    assert not (county.root / "x.tsq").exists()


def test_without_the_library_it_is_said_how_to_get_it(
    sealed: County, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys  # noqa: PLC0415 - only here

    stamp = authority.stamp(ask(sealed, "pool"))
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)

    answer = sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root))

    assert answer.code == 2
    assert "pip install 'shuangsuiji[timestamps]'" in answer.err


def test_a_stamp_older_than_the_numbers_tells_of_the_sealing(
    sealed: County, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = authority.stamp(ask(sealed, "pool"))
    sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root))
    event = json.loads((sealed.dossier / "ledger.jsonl").read_text("utf-8").splitlines()[-1])["event"]
    Clock(monkeypatch)(KNOWN_ON)

    answer = sealed.ssj("draw", *SOURCES, "--no-sheets")

    assert ("外人无从知道封存在先" in answer.err) == (event["time"][:10] >= "2026-08-30")


def test_verify_checks_signatures_again_and_says_where_it_cannot(
    sealed: County, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys  # noqa: PLC0415 - only here

    stamp = authority.stamp(ask(sealed, "pool"))
    sealed.ssj("seal", "--timestamp", str(stamp), "--certificate", str(authority.root))
    kept = sealed.dossier / "timestamps/pool.pem"

    def told() -> tuple[int, dict[str, object]]:
        answer = sealed.ssj("verify", "--json")
        return answer.code, next(one for one in answer.json["checks"] if one["check"] == "stamps")

    code, line = told()
    assert (code, line["holds"], line["count"]) == (0, True, 1)

    kept.write_bytes((authority.folder / "tsa.pem").read_bytes())
    code, line = told()
    assert (code, line["holds"], line["where"], line["why"]) == (1, False, "timestamps/pool.tsr", "stamp")

    kept.unlink()
    assert (told()[1]["where"], told()[1]["why"]) == ("timestamps/pool.pem", "missing")

    kept.write_bytes(authority.root.read_bytes())
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    code, line = told()
    assert (code, line["holds"], line["unchecked"]) == (0, None, 1)
