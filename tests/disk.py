"""A disk that is soon full."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(folder: Path) -> Iterator[str]:
    """Make a folder, mount a disk of 64 KiB there, and give why that is not possible here, or nothing."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        yield "only on systems with mount: a disk that is full"
        return
    if done.returncode:
        yield f"only on machines that let this user mount a disk: {done.stderr.strip()}"
        return
    yield ""
    subprocess.run(["umount", "-l", str(folder)], check=True)
