"""Be git's merge driver: three files in, the merged one in the place of ours, and an exit code."""

import os
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from talkstrack.ledger.merging.conflict import LABELS, SIZE, Labels, whole_file
from talkstrack.ledger.merging.merge import Merged, merge
from talkstrack.ledger.merging.messages import Conflict

MERGED: Final = 0
CONFLICT: Final = 1
ABORTED: Final = 129
"""Above 128 git stops the merge; below, it would leave ours alone and call that a conflict."""


def driver(
    base: Path,
    ours: Path,
    theirs: Path,
    *,
    path: str | None = None,
    marker_size: int = SIZE,
    labels: tuple[str, str] = LABELS,
    tell: Callable[[str], None],
) -> int:
    """Merge git's %O, %A and %B into %A and return the exit code; `tell` gets the lines for the user.

    0: merged. 1: a conflict, told and in the file, with all of both sides. 129: nothing was written.
    """
    shown, called = path or str(ours), Labels(*labels)
    try:
        texts = [file.read_bytes().decode("utf-8", "surrogateescape") for file in (base, ours, theirs)]
        try:
            merged = merge(*texts, path=shown, labels=called, marker_size=marker_size)
        except Exception:
            tell(traceback.format_exc().rstrip())
            why = "the merge driver failed, which is a bug: please report what stands above"
            text = whole_file(texts[1], texts[2], called, marker_size)
            hint = "choose one side with git checkout --ours or --theirs, or mend the file by hand"
            merged = Merged(text, (Conflict(reason="failed", subject=None, message=why, hint=hint),))
        _put(ours, merged.text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        tell(f"{shown}: cannot be merged: {error}")
        return ABORTED
    for line in merge_messages(merged, shown):
        tell(line)
    return CONFLICT if merged.conflicts else MERGED


def merge_messages(merged: Merged, path: str) -> list[str]:
    """Return the lines that tell a merge's conflicts: `PATH:LINE:1: conflict[both-revised]: ...`."""
    lines: list[str] = []
    for conflict in merged.conflicts:
        lines.append(f"{path}:{conflict.line}:1: conflict[{conflict.reason}]: {conflict.message}")
        lines.append(f"hint: {conflict.hint}")
    return lines


def _put(path: Path, content: bytes) -> None:
    """Replace what a file says, whole or not at all, and keep its mode."""
    mode = path.stat().st_mode & 0o7777
    descriptor, name = tempfile.mkstemp(prefix=".merge_file_", dir=path.parent)
    temporary = Path(name)
    try:
        os.close(descriptor)
        temporary.write_bytes(content)
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
