"""What is known of a package without importing it."""

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import pytest

from voicecoach.engines.installed import folder_of, version_of


@pytest.mark.parametrize("package", ["espeakng_loader", "pyttsx3", "numpy", "typer"])
def test_the_version_is_the_one_that_the_package_states(package: str) -> None:
    assert version_of(package) == version(package)


def test_the_folder_is_where_the_package_would_be_imported_from() -> None:
    spec = find_spec("espeakng_loader")
    folder = folder_of("espeakng_loader")
    assert spec
    assert folder
    assert str(folder / "__init__.py") == spec.origin


def test_a_package_that_is_not_installed_has_no_folder_and_no_version() -> None:
    assert folder_of("no_such_package_anywhere") is None
    with pytest.raises(PackageNotFoundError):
        version_of("no_such_package_anywhere")
