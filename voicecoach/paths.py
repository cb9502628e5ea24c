"""Where things stand on this machine: where a variable names a place, there, else in the platform's folders.

Every variable that names a path is read here, by the same rules and in the same sentences.
"""

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from voicecoach.errors import FileError, VoicecoachError, plain
from voicecoach.files import NO_NAME, file_error

Environ = Mapping[str, str]

CACHE, CONFIG, HISTORY = "VOICECOACH_CACHE", "VOICECOACH_CONFIG", "VOICECOACH_HISTORY"
PATH_VARIABLES = frozenset({CACHE, CONFIG, HISTORY})
"""Variables that name a folder or a file of this program's, and preset no flag."""
_APP = "voicecoach"
# Characters of a path in a message: a longer one would hide what is said of it.
_SHOWN = 60


def path_from(environ: Environ, name: str) -> Path | None:
    """Return the absolute path that a variable names, its `~` and `..` resolved, None where it names none.

    Nothing needs to stand there. Raises FileError for what no path can be: the home of nobody known, a name
    that the system takes for too long, a relative one where the working folder is gone.
    """
    text = environ.get(name, "")
    if not text.strip():
        return None
    named = plain(text)
    shown = f"{name}={named[:_SHOWN]}{'...' if len(named) > _SHOWN else ''}"
    try:
        # `..` may not stay, as messages show the path.
        path = Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100
    except RuntimeError:
        raise FileError(shown, "there is no such user's home folder", "write the whole path") from None
    except FileNotFoundError:
        what = "the folder that this path starts from is gone"
        raise FileError(shown, what, "write the whole path") from None
    try:
        path.lstat()
    except ValueError:
        raise FileError(shown, *NO_NAME) from None
    except OSError as error:
        # What is merely absent or closed to us is for whoever uses the place to tell.
        if error.errno == errno.ENAMETOOLONG:
            raise file_error(shown, error) from None
    return path


def cache_folder(environ: Environ) -> Path:
    """Return `$VOICECOACH_CACHE`, else the checkout's `audio_cache/`, else the platform's cache folder."""
    root = Path(__file__).resolve().parents[1]
    return path_from(environ, CACHE) or (
        root / "audio_cache" if _is_checkout(root) else _user_folder("user_cache_path", CACHE)
    )


def config_path(environ: Environ) -> Path:
    """Return `$VOICECOACH_CONFIG`, else `config.toml` in the platform's folder for settings."""
    return path_from(environ, CONFIG) or _user_folder("user_config_path", CONFIG) / "config.toml"


def history_path(environ: Environ) -> Path:
    """Return `$VOICECOACH_HISTORY`, else `history.sqlite3` in the platform's folder for a user's data."""
    return path_from(environ, HISTORY) or data_folder() / "history.sqlite3"


def data_folder() -> Path:
    """Return the platform's folder for a user's data."""
    return _user_folder("user_data_path", HISTORY)


def runtime_folder(environ: Environ) -> Path | None:
    """Return `$XDG_RUNTIME_DIR`, None where it names no whole path: such a one counts as absent.

    https://specifications.freedesktop.org/basedir-spec/0.8/: "All paths set in these environment variables
    must be absolute. If an implementation encounters a relative path [...] it should [...] ignore it."
    """
    try:
        path = path_from(environ, "XDG_RUNTIME_DIR")
    except FileError:
        return None
    return path if path and Path(environ["XDG_RUNTIME_DIR"]).is_absolute() else None


def _user_folder(kind: str, variable: str) -> Path:
    """Return a folder of the platform; raises VoicecoachError where the user has no home to have it in."""
    import platformdirs  # `--help` does without it where VOICECOACH_CONFIG names the settings

    place: Callable[..., Path] = getattr(platformdirs, kind)
    with suppress(RuntimeError):
        folder = place(_APP, appauthor=False)
        # Its older versions leave a `~` that leads nowhere as it is: it would become a folder of that name.
        if folder.is_absolute():
            return folder
    raise VoicecoachError("this user has no home folder", f"set HOME, or name a place in {variable}")


def _is_checkout(root: Path) -> bool:
    try:
        project = (root / "pyproject.toml").read_text(encoding="utf-8")
        return f'name = "{_APP}"' in project and (root / "audio_cache").is_dir()
    except (OSError, ValueError):
        return False
