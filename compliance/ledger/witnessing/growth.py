"""Whether a head may be signed after the last one: the rule that signer and witness share. Pure.

Source: C2SP tlog-witness, ``add-checkpoint``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.proofs import EMPTY_ROOT, consistency_holds
from compliance.ledger.witnessing.answer import BAD_REQUEST, CONFLICT, TREE_SIZE, UNPROVEN, RefusalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.ledger.checkpoint import Checkpoint


def check_growth(*, last: Checkpoint | None, old: int, proof: Sequence[bytes], new: Checkpoint) -> None:
    """Raise :class:`RefusalError` unless the proof shows that the new head extends the last one.

    The same head again is its own extension: whoever did not hear the answer may ask for it once more.
    """
    if old > new.size:
        raise RefusalError(BAD_REQUEST, "The old size is larger than the size of the checkpoint.")
    known = 0 if last is None else last.size
    if old != known:
        raise RefusalError(CONFLICT, str(known), TREE_SIZE)
    if new.size == 0 and new.root != EMPTY_ROOT:
        raise RefusalError(UNPROVEN, "An empty log has another root.")
    first_root = EMPTY_ROOT if last is None else last.root
    if not consistency_holds(first=old, first_root=first_root, second=new.size, second_root=new.root, path=proof):
        raise RefusalError(UNPROVEN, f"The proof does not show that this log of {new.size} extends that of {old}.")
