"""What is known of a package without importing it."""

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import pytest

from voicecoach.engines.package_info import package_folder, package_version


@pytest.mark.parametrize("package", ["espeakng_loader", "pyttsx3", "numpy", "typer"])
def test_the_version_is_the_one_that_the_package_states(package: str) -> None:
    assert package_version(package) == version(package)


def test_the_folder_is_where_the_package_would_be_imported_from() -> None:
    spec = find_spec("espeakng_loader")
    folder = package_folder("espeakng_loader")
    assert spec
    assert folder
    assert str(folder / "__init__.py") == spec.origin


def test_a_package_that_is_not_installed_has_no_folder_and_no_version() -> None:
    assert package_folder("no_such_package_anywhere") is None
    with pytest.raises(PackageNotFoundError):
        package_version("no_such_package_anywhere")
