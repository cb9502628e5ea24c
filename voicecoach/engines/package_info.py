"""What is known of an installed package without importing it, or the 40 ms of `importlib.metadata`."""

import os
from importlib.util import find_spec
from pathlib import Path

_INFO = ".dist-info"


def package_folder(package: str) -> Path | None:
    """Return the folder of an installed package, None where it is not installed."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def package_version(package: str) -> str:
    """Return the version of the package of that name; raises PackageNotFoundError, an ImportError."""
    folder = package_folder(package)
    names = os.listdir(folder.parent) if folder else []  # noqa: PTH208 - names are all that is looked at
    infos = [name for name in names if name.startswith(f"{package}-") and name.endswith(_INFO)]
    if len(infos) == 1:
        return infos[0].removeprefix(f"{package}-").removesuffix(_INFO)
    # It takes 40 ms to load, and is only asked where the folder does not tell.
    from importlib.metadata import version

    return version(package)
