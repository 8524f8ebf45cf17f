"""What docs/clients.md tells a developer to type works, against the real web server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compliance.access.add_key import add_public_key
from compliance.access.add_secret import add_secret
from compliance.access.models import ClientCredentialUse
from compliance.access.revoke_credential import revoke_credential
from compliance.access.scopes import Scope
from kbi_audit.embedded.home import PROJECT
from tests.api.oauth import WHY, make_client

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (PROJECT / "docs" / "clients.md").read_text(encoding="utf-8")
NEEDED = ("bash", "curl", "openssl")


def blocks(language: str) -> list[str]:
    """Return the examples in a language, in their order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_every_scope_stands_on_the_page() -> None:
    assert set(re.findall(r"^\| `([a-z]+:[a-z]+)` ", PAGE, re.MULTILINE)) == set(Scope)


@pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason="the page is written for who has curl and openssl")
def test_the_examples_work_as_they_stand(web_server: str, tmp_path: Path) -> None:
    client = make_client(scopes=sorted(Scope))
    issued = add_secret(client=client, label="", expires_at=None, **WHY)
    with_secret, call, make_pair, with_key = blocks("sh")
    (tmp_path / "assertion.py").write_text(blocks("python")[0], encoding="utf-8")
    (tmp_path / "python3").symlink_to(sys.executable)
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "ADDRESS": web_server}
    environ |= {"CLIENT": client.name, "SECRET": issued.secret}

    def run(block: str) -> str:
        done = subprocess.run(
            ["bash", "-euc", block],
            cwd=tmp_path,
            env=environ,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=60,
        )
        return done.stdout.strip()

    run(with_secret)
    assert json.loads((tmp_path / "token.json").read_text())["scope"] == "receipts:check"
    assert run(call) not in {"401", "403"}

    run(make_pair)
    public = (tmp_path / "public.pem").read_text()
    kept = add_public_key(client=client, label="", text=public, expires_at=None, **WHY)
    run(with_key)
    assert run(call) not in {"401", "403"}
    assert set(ClientCredentialUse.objects.values_list("credential", flat=True)) == {issued.credential.pk, kept.pk}

    revoke_credential(credential=kept, **WHY)
    assert run(call) == "401"
