"""Promises of verify.html: one page, without a network, that finds in a bundle what verify.py finds."""

from __future__ import annotations

import json
import re
import socket
import zipfile
import zlib
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from compliance.ledger.ed25519 import public_key, sign
from compliance.ledger.timestamps.certificates import certificates_of_pem
from compliance.ledger.timestamps.pure import TokenRefusedError, token_time
from compliance.ledger.timestamps.response import token_of
from compliance.reporting.evidence.verifier import verify_bundle as program
from compliance.reporting.evidence.verifier.tell import WORDS, tell_json
from kbi_audit.demo.authority_files import make_authority
from kbi_audit.demo.timestamp_authority import reply
from tests.reporting.evidence import test_tampering as tampering
from tests.reporting.evidence.make_bundle import make_bundle, publish_now, record_some
from tests.reporting.evidence.rewriting import declared, files_of, flipped, write
from tests.screens.looking import complaints_of, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import Settings

    from tests.reporting.evidence.conftest import Bundles
    from tests.reporting.evidence.rewriting import Files

pytestmark = pytest.mark.browser

PAGE = Path(program.__file__).with_name("verify.html")
VECTORS = Path(__file__).parent.parent.parent / "ledger" / "vectors"
AT = "2026-01-01T00:00:00.000000Z"
FORGERIES = tampering.test_what_a_forger_changes_is_caught_by_a_named_check.pytestmark[0].args[1]  # type: ignore[attr-defined]  # where pytest keeps the cases
EXPIRED = VECTORS / "timestamps"

Found = dict[str, tuple[str, set[str]]]
"""The result of each check, and the keys of the sentences that say why."""


@pytest.fixture
def open_page(_browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return what opens the page from its file, without a network; keywords are Playwright's."""
    contexts = []

    def open_it(**context: Any) -> Page:
        contexts.append(_browser.new_context(**{"offline": True, "locale": "en-GB", **context}))
        page = contexts[-1].new_page()
        page.goto(PAGE.as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def verify_page(open_page: Callable[..., Page]) -> Page:
    """Return the page, opened in English."""
    return open_page()


def found_by_page(page: Page, bundle: Path, policy: Path | None = None, **others: Path) -> Found:
    """Give files to the page, and return what it says of them; ``others`` are ``held`` and ``authorities``."""
    pinned = {} if policy is None else {"policy": policy}
    for kind, file in (pinned | others | {"file": bundle}).items():
        page.set_input_files(f"#{kind}-input", file)
    page.locator("#verdict").wait_for()
    items = page.locator(".check").evaluate_all("all => all.map(({dataset: d}) => [d.check, d.result, d.said])")
    return {name: (result, set(said.split())) for name, result, said in items}


def verdict_of(page: Page) -> str | None:
    """Return the verdict that the page shows."""
    return page.locator("#verdict").get_attribute("data-verdict")


def found_by_program(bundle: Path, policy: Path | None = None, authorities: Path | None = None) -> Found:
    """Return what verify.py finds."""
    texts = [None if file is None else file.read_text(encoding="utf-8") for file in (policy, authorities)]
    found = program.verify_bundle(str(bundle), policy=texts[0], authorities=texts[1], at=AT)
    return {check.name: (check.result, {said.key for said in check.said}) for check in found.ordered}


@pytest.mark.parametrize("which", ["everything", "failed", "hits", "partner"])
def test_a_bundle_that_the_program_accepts_is_accepted_with_the_same_words(
    bundles: Bundles, verify_page: Page, which: str
) -> None:
    made = getattr(bundles, which)

    assert found_by_page(verify_page, made.bundle, made.policy) == found_by_program(made.bundle, made.policy)
    assert verdict_of(verify_page) == "proven"


def test_without_the_readers_own_keys_the_page_says_that_authorship_is_not_proven(
    bundles: Bundles, verify_page: Page
) -> None:
    found = found_by_page(verify_page, bundles.failed.bundle)

    assert found == found_by_program(bundles.failed.bundle)
    assert (verdict_of(verify_page), found["checkpoint"][0]) == ("unproven", "unproven")
    assert "WHO made this is NOT proven" in verify_page.locator("#verdict").inner_text()


@pytest.mark.parametrize(("which", "change", "check"), FORGERIES)
def test_what_a_forger_changes_is_caught_by_the_same_check_as_in_the_program(
    bundles: Bundles, verify_page: Page, tmp_path: Path, which: str, change: Callable[[Files], None], check: str
) -> None:
    made = getattr(bundles, which)
    files = files_of(made.bundle)
    change(files)
    forged = write(files, tmp_path / "forged.zip")

    found = found_by_page(verify_page, forged, made.policy)
    assert found[check][0] == "failed"
    assert verdict_of(verify_page) == "failed"
    expected = found_by_program(forged, made.policy)
    del found["expiry"], expected["expiry"]  # the page judges by the clock of its reader
    # The program stops counting faults of a stretch at twenty, so that it may miss the twenty-first check's.
    assert {name: expected[name] for name in expected if expected[name][0] == "failed"}.items() <= found.items()
    assert {name: found[name] for name in found if found[name][0] != "failed"}.items() <= expected.items()


def test_an_entry_of_another_log_is_refused(published: Path, settings: Settings, verify_page: Page) -> None:
    own = settings.LOG_ORIGIN
    settings.LOG_ORIGIN = "another.example/log"
    record_some(1)
    settings.LOG_ORIGIN = own
    publish_now()
    made = make_bundle(published)

    found = found_by_page(verify_page, made.bundle, made.policy)
    assert found == found_by_program(made.bundle, made.policy)
    assert found["origin"] == ("failed", {"leaf-of-another-log"})


def test_the_checkpoint_that_the_reader_kept_is_shown_to_be_its_beginning_or_contradicts_it(
    published: Path, verify_page: Page
) -> None:
    made = make_bundle(published, held_size=150)
    kept = published / "kept"
    kept.write_bytes(files_of(made.bundle)["data/ledger/checkpoints/150"])

    assert found_by_page(verify_page, made.bundle, made.policy, held=kept)["consistency"] == ("passed", {"held-prefix"})
    kept.write_bytes(kept.read_bytes()[:-40] + b"\n")
    verify_page.locator("#file-remove").click()
    found = found_by_page(verify_page, made.bundle, held=kept)
    assert found["consistency"] == ("failed", {"held-unreadable"})


@pytest.mark.parametrize("key", [("RSA", "rsa_keygen_bits:2048"), ("EC", "ec_paramgen_curve:P-384")], ids=str)
def test_timestamps_are_believed_when_they_are_of_an_authority_that_the_reader_trusts(
    bundles: Bundles, open_page: Callable[..., Page], tmp_path: Path, key: tuple[str, str]
) -> None:
    made = bundles.hits
    folders = {name: tmp_path / name for name in ("own", "other")}
    for folder in folders.values():
        folder.mkdir()
        make_authority(folder, name="Authority", key=("-algorithm", key[0], "-pkeyopt", key[1]))
    own, other = (folder / "root.pem" for folder in folders.values())
    stamped = write(with_timestamp(files_of(made.bundle), folders["own"]), tmp_path / "stamped.zip")
    elsewhere = write(with_timestamp(files_of(made.bundle), folders["own"], b"else"), tmp_path / "elsewhere.zip")

    for bundle, authorities, result, key_of_sentence in (
        (stamped, None, "unproven", "tokens-unchecked"),
        (stamped, own, "passed", "tokens-hold"),
        (stamped, other, "failed", "tokens-broken"),
        (elsewhere, own, "failed", "tokens-broken"),
        (elsewhere, None, "failed", "tokens-broken"),
    ):
        given = {} if authorities is None else {"authorities": authorities}
        found = found_by_page(open_page(), bundle, made.policy, **given)
        assert found["timestamps"] == (result, {key_of_sentence})
        assert found == found_by_program(bundle, made.policy, authorities)


def with_timestamp(files: Files, authority: Path, text: bytes = b"") -> Files:
    """Add an authority's timestamp over the checkpoint, or over another text."""
    note = files["data/ledger/checkpoint"].rpartition(b"\n\n")[0] + b"\n"
    asked = TimestampRequestBuilder(data=text or note, hash_algorithm=HashAlgorithm.SHA256).build()
    told = json.loads(files["data/declaration.json"])
    stamp = {"size": told["checkpoint"]["size"], "authority": "Authority", "stamped_at": AT}
    path = f"timestamps/{stamp['size']}/1.tst"
    told["timestamps"] = [{**stamp, "file": path}]
    files[f"data/ledger/{path}"] = token_of(reply(authority, asked.as_bytes()))
    files["data/declaration.json"] = json.dumps(told).encode()
    return files


_TIME = """async ([token, digest, pem]) => {
  try {
    return await Checker.tokenTime(Uint8Array.from(token), Uint8Array.from(digest), Checker.certificatesOf(pem));
  } catch (error) {
    return error.message;
  }
}"""


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_a_timestamp_altered_by_a_bit_is_believed_for_its_own_time_or_not_at_all(
    verify_page: Page, chosen: st.DataObject
) -> None:
    # A token carries copies of certificates that nothing signs and the reader's own stand in for: where a bit of
    # such a copy is flipped, one reader may refuse the whole as malformed and another may never look at it.
    token, pem = (EXPIRED / "in-time.der").read_bytes(), (EXPIRED / "root.pem").read_text()
    digest = sha256((EXPIRED / "checkpoint.txt").read_bytes()).digest()
    own = int(token_time(token, digest, certificates_of_pem(pem)).timestamp())
    altered = flipped(token, chosen.draw(st.integers(0, len(token) - 1)), chosen.draw(st.integers(0, 7)))
    try:
        told = int(token_time(altered, digest, certificates_of_pem(pem)).timestamp())
    except TokenRefusedError:
        told = own

    found = verify_page.evaluate(_TIME, [list(altered), list(digest), pem])
    assert told == own
    assert found == own if isinstance(found, int) else found.startswith("why-token")


def test_a_timestamp_outlives_the_certificate_of_its_authority_but_none_is_given_after_it(verify_page: Page) -> None:
    pem = (EXPIRED / "root.pem").read_text()
    digest = sha256((EXPIRED / "checkpoint.txt").read_bytes()).digest()
    tokens = {name: (EXPIRED / f"{name}.der").read_bytes() for name in ("in-time", "too-late")}
    seen = int(token_time(tokens["in-time"], digest, certificates_of_pem(pem)).timestamp())

    assert {name: verify_page.evaluate(_TIME, [list(token), list(digest), pem]) for name, token in tokens.items()} == {
        "in-time": seen,
        "too-late": "why-token-trust",
    }


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_no_bit_of_a_bundle_can_be_flipped_unless_every_file_in_it_is_still_the_same(
    bundles: Bundles, verify_page: Page, tmp_path_factory: pytest.TempPathFactory, chosen: st.DataObject
) -> None:
    octets = bundles.hits.bundle.read_bytes()
    at, bit = chosen.draw(st.integers(0, len(octets) - 1)), chosen.draw(st.integers(0, 7))
    file = tmp_path_factory.mktemp("flipped") / "flipped.zip"
    file.write_bytes(flipped(octets, at, bit))
    try:
        is_same = files_of(file) == files_of(bundles.hits.bundle)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        is_same = False

    found_by_page(verify_page, file, bundles.hits.policy)
    assert is_same or verdict_of(verify_page) == "failed"


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_no_bit_of_records_or_proofs_can_be_flipped_though_the_manifests_are_made_right(
    bundles: Bundles, verify_page: Page, tmp_path_factory: pytest.TempPathFactory, chosen: st.DataObject
) -> None:
    files = files_of(bundles.hits.bundle)
    believed = {f"data/ledger/{name}" for name in ("vkeys", "policy")}
    names = sorted(name for name in files if name.startswith("data/") and name not in believed and files[name])
    name = chosen.draw(st.sampled_from([each for each in names if each != "data/declaration.json"]))
    files[name] = flipped(
        files[name], chosen.draw(st.integers(0, len(files[name]) - 1)), chosen.draw(st.integers(0, 7))
    )
    forged = write(files, tmp_path_factory.mktemp("flipped") / "forged.zip")

    found_by_page(verify_page, forged, bundles.hits.policy)
    assert verdict_of(verify_page) == "failed"


def test_bundles_are_read_stored_and_as_zip64_too(
    bundles: Bundles, verify_page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 16)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 4)
    large = tmp_path / "large.zip"
    with ZipFile(bundles.hits.bundle) as read, ZipFile(large, "w", ZIP_STORED) as written:
        for name in read.namelist():
            written.writestr(name, read.read(name))

    assert b"PK\x06\x06" in large.read_bytes()
    assert found_by_page(verify_page, large, bundles.hits.policy) == found_by_program(large, bundles.hits.policy)
    assert verdict_of(verify_page) == "proven"


def test_a_file_that_is_no_bundle_is_refused_in_words(bundles: Bundles, verify_page: Page, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(bundles.failed.bundle.read_bytes()[:-40])

    assert found_by_page(verify_page, cut) == {"bag": ("failed", {"bag-unreadable"})}
    assert "no ZIP file" in verify_page.locator("[data-check=bag]").inner_text()


def test_a_proof_of_one_record_stands_alone_and_breaks_with_any_other_record(
    bundles: Bundles, verify_page: Page, tmp_path: Path
) -> None:
    proofs = [octets for name, octets in files_of(bundles.hits.bundle).items() if name.endswith(".tlog-proof")]
    alone = tmp_path / "one.tlog-proof"
    alone.write_bytes(proofs[0])

    found = found_by_page(verify_page, alone, bundles.hits.policy)
    assert verdict_of(verify_page) == "proven"
    checks = ("checkpoint", "witnesses", "inclusion", "origin", "disclosures", "times")
    assert {name: result for name, (result, _) in found.items()} == dict.fromkeys(checks, "passed")
    extra = proofs[1].split(b"\n")[1]
    alone.write_bytes(b"\n".join([proofs[0].split(b"\n")[0], extra, *proofs[0].split(b"\n")[2:]]))
    verify_page.locator("#file-remove").click()
    assert found_by_page(verify_page, alone)["inclusion"] == ("failed", {"proof-broken"})


def test_nothing_is_asked_of_a_network_and_the_browser_would_refuse_it(
    bundles: Bundles, open_page: Callable[..., Page]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        page = open_page(offline=False)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        found_by_page(page, bundles.hits.bundle, bundles.hits.policy)
        page.get_by_role("button", name="fr").click()
        assert {url for url in asked if not url.startswith("blob:")} == {PAGE.as_uri()}

        assert page.evaluate(_TRY_EVERYTHING, address) == ["refused"] * 4
        listening.settimeout(0)
        with pytest.raises(BlockingIOError):
            listening.accept()


# The worker takes over the page's policy, so that what is checked in it cannot leave either.
_TRY_EVERYTHING = """async address => {
  const refused = new Promise(done => addEventListener("securitypolicyviolation", () => done("refused"), {once: true}));
  const image = new Promise(done => Object.assign(new Image(), {
    onload: () => done("loaded"), onerror: () => done("refused"), src: address}));
  const worker = new Worker(URL.createObjectURL(new Blob([
    `fetch(${JSON.stringify(address)}).then(() => postMessage("answered"), () => postMessage("refused"))`])));
  const inWorker = new Promise(done => worker.onmessage = event => done(event.data));
  const here = fetch(address).then(() => "answered", () => "refused");
  return Promise.all([here, refused, image, inWorker]);
}"""


def test_a_browser_that_refuses_workers_checks_in_the_page_itself(bundles: Bundles, verify_page: Page) -> None:
    verify_page.add_init_script("delete globalThis.Worker")
    verify_page.reload()

    assert found_by_page(verify_page, bundles.hits.bundle, bundles.hits.policy) == found_by_program(
        bundles.hits.bundle, bundles.hits.policy
    )


def test_the_page_is_without_fault_before_and_after(
    bundles: Bundles, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    files = files_of(bundles.failed.bundle)
    tampering.omit_a_hit(files)
    forged = write(files, tmp_path / "forged.zip")
    page = open_page(locale="nl-BE")
    complaints = complaints_of(page)

    assert not faults_of(page)
    found_by_page(page, forged, bundles.failed.policy)
    assert not faults_of(page)
    assert not complaints


def test_files_are_chosen_and_the_language_is_switched_with_the_keyboard_alone(
    bundles: Bundles, open_page: Callable[..., Page]
) -> None:
    page = open_page(locale="fr-BE")
    page.on("filechooser", lambda _: None)  # so that the browser asks us for files before a key is pressed
    page.locator("body").press("Tab")
    assert page.evaluate("document.activeElement.lang") == "nl"
    for _choice in range(3):
        page.keyboard.press("Tab")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(bundles.hits.bundle)
    page.locator("#verdict").wait_for()
    assert page.evaluate("document.activeElement.id") == "verdict"
    assert page.locator("h1").inner_text() == "Vérifier un dossier de preuves"

    page.locator(".languages [lang=nl]").focus()
    page.keyboard.press("Enter")
    assert (page.locator("html").get_attribute("lang"), page.locator("h1").inner_text()) == (
        "nl",
        "Controleer een bewijsbundel",
    )
    assert "NIET bewezen" in page.locator("#verdict").inner_text()


def test_what_was_found_is_kept_in_the_json_of_the_program(bundles: Bundles, verify_page: Page) -> None:
    made = bundles.partner
    found_by_page(verify_page, made.bundle, made.policy)
    with verify_page.expect_download() as download:
        verify_page.get_by_role("button", name="Save as JSON").click()
    kept = json.loads(download.value.path().read_text(encoding="utf-8"))
    found = program.verify_bundle(str(made.bundle), policy=made.policy.read_text(encoding="utf-8"), at=AT)

    told = json.loads(tell_json(found, "en"))
    assert kept.keys() == told.keys()
    assert {name: kept[name] for name in ("verdict", "exit", "bundle")} == {
        name: told[name] for name in ("verdict", "exit", "bundle")
    }
    assert [(check["name"], check["result"]) for check in kept["checks"]] == [
        (check["name"], check["result"]) for check in told["checks"]
    ]


def test_dropped_files_are_known_by_what_stands_in_them(bundles: Bundles, verify_page: Page) -> None:
    files = [(file.name, b64encode(file.read_bytes()).decode()) for file in (bundles.hits.policy, bundles.hits.bundle)]
    verify_page.evaluate(_DROP, [*files, ("holiday.txt", "eA==")])
    verify_page.locator("#verdict").wait_for()

    assert verdict_of(verify_page) == "proven"
    assert "holiday.txt is no bundle" in verify_page.locator("#notice").inner_text()


_DROP = """files => {
  const transfer = new DataTransfer();
  for (const [name, octets] of files) {
    transfer.items.add(new File([Uint8Array.from(atob(octets), each => each.charCodeAt(0))], name));
  }
  dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, cancelable: true}));
}"""


def test_what_a_stranger_wrote_is_shown_as_text_and_cannot_turn_it_around(
    bundles: Bundles, verify_page: Page, tmp_path: Path
) -> None:
    files = files_of(bundles.failed.bundle)
    declared(lambda told: told.update(recipient="<img src=x>\u202egnp"))(files)

    found_by_page(verify_page, write(files, tmp_path / "strange.zip"), bundles.failed.policy)
    shown = verify_page.locator("[data-check=declaration]").inner_text()
    assert "<img src=x>?gnp" in shown
    assert verify_page.locator("#result img").count() == 0


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200), bit=st.integers(0, 96 * 8 - 1))
def test_a_browser_without_ed25519_verifies_it_all_the_same(
    verify_page: Page, seed: bytes, message: bytes, bit: int
) -> None:
    signed = public_key(seed) + sign(seed, message)
    altered = flipped(signed, bit // 8, bit % 8)

    assert verify_page.evaluate(_VERIFY, [list(signed), list(message)]) == [True, True]
    assert True not in verify_page.evaluate(_VERIFY, [list(altered), list(message)])


_VERIFY = """async ([signed, message]) => {
  const [bytes, text] = [Uint8Array.from(signed), Uint8Array.from(message)];
  const given = [bytes.slice(0, 32), text, bytes.slice(32)];
  const subtle = Object.getPrototypeOf(crypto.subtle), original = subtle.importKey;
  const quickly = await Checker.verify(...given);
  subtle.importKey = () => { throw new DOMException("Ed25519", "NotSupportedError"); };
  try { return [quickly, await Checker.verify(...given)]; } finally { subtle.importKey = original; }
}"""


def test_inclusion_and_consistency_are_judged_as_the_vectors_say(verify_page: Page) -> None:
    told = {name: json.loads((VECTORS / f"{name}.json").read_text()) for name in ("inclusion", "consistency")}

    assert verify_page.evaluate(_JUDGE, told) == {
        name: [not case["wantErr"] for case in cases] for name, cases in told.items()
    }


_JUDGE = """({inclusion, consistency}) => {
  const bytes = text => Uint8Array.from(atob(text ?? ""), each => each.charCodeAt(0));
  const path = case_ => (case_.proof ?? []).map(bytes);
  return {
    inclusion: inclusion.map(each => {
      const root = Checker.rootFromInclusion(bytes(each.leafHash), each.leafIdx, each.treeSize, path(each));
      return root !== null && String(root) === String(bytes(each.root));
    }),
    consistency: consistency.map(each =>
      Checker.consistencyHolds(each.size1, bytes(each.root1), each.size2, bytes(each.root2), path(each))),
  };
}"""


def test_the_page_is_one_file_whose_scripts_and_style_are_those_that_it_allows() -> None:
    written = PAGE.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    inline = re.findall(r'<(?:style|script id="\w+")>(.*?)</(?:style|script)>', written, re.DOTALL)

    assert policy
    digests = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert re.findall(r"'sha256-[^']*'", policy[1]) == [*digests[1:], digests[0]]  # the style stands first
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?://", written)


def test_the_page_says_what_the_program_says() -> None:
    written = PAGE.read_text(encoding="utf-8")
    said = re.search(r'<script type="application/json" id="words">(.*?)</script>', written, re.DOTALL)

    assert said
    words = json.loads(said[1])
    assert words.keys() == WORDS.keys()
    assert words["nl"].keys() == words["en"].keys() == words["fr"].keys()
    for language, sentences in WORDS.items():
        same = {key: text for key, text in sentences.items() if "--" not in text}  # the page has no options
        assert {key: words[language].get(key) for key in same} == same
        assert sentences.keys() <= words[language].keys()
