"""One run of the command line: the last line of defence, and the exit code."""

import codecs
import contextlib
import io
import os
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from voicecoach.cli.app import app
from voicecoach.cli.settings.values import PREFIX, Settings, is_absent
from voicecoach.cli.stopping import Stopped, StopSignals
from voicecoach.cli.terminal import Terminal, never_fail
from voicecoach.errors import FaultsError, UsageError, VoicecoachError
from voicecoach.paths import CONFIG, PATH_VARIABLES, config_path, path_from

# How Typer offers a command or an option that looks like what was written.
_OFFERED = re.compile(r"(?s)(?P<what>.*?)(?:\. Did you mean (?P<near>.*)\?| \(Possible options: (?P<options>.*)\))?")

EVERYWHERE = ("--plain", "--verbose", "--version")
"""Flags that stand before or after the command."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; nothing but messages reaches the person."""
    StopSignals().listen()
    never_fail()
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper) and codecs.lookup(out.encoding).name != "utf-8":
        # A character that the output has no place for is printed by its number.
        out.reconfigure(errors="backslashreplace")
    try:
        # The flags that stand everywhere go in front, up to a `--`.
        end = arguments.index("--") if "--" in arguments else len(arguments)
        return _obey([*sorted(arguments[:end], key=lambda each: each not in EVERYWHERE), *arguments[end:]])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
        # Typer makes an exit code of a pipe that nobody reads any more.
        return _unread() if isinstance(end.__context__, BrokenPipeError) else code
    except Stopped as stopped:
        return stopped.exit_code
    except VoicecoachError as error:
        # The problems of a file stand alone, each at its line, so that editors can follow them.
        _tell(str(error) if isinstance(error, FaultsError) else f"voicecoach: {error}")
        return error.exit_code
    except BrokenPipeError:
        return _unread()
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        return _failed(error, verbose="--verbose" in arguments)


def _obey(arguments: list[str]) -> int:
    """Let Typer run the command that is meant; raises SystemExit and UsageError among others."""
    command = typer.main.get_command(app)
    settings = load_settings(os.environ, command)
    misuse: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
    try:
        code = command(args=arguments, prog_name="voicecoach", standalone_mode=False,
                       default_map=settings.default_map(), obj=settings)  # fmt: skip
    except typer.Abort:
        raise SystemExit(1) from None
    except misuse as error:
        raise _worded(error) from None
    finally:
        # Here and not as the interpreter ends, where nobody could catch what goes wrong.
        if sys.stdout:
            sys.stdout.flush()
    return code if isinstance(code, int) else 0


def load_settings(environ: Mapping[str, str], command: Any) -> Settings:  # noqa: ANN401 - Click's, or Typer's own copy
    """Return the settings of a run, for the flags of its whole `command` line: of its environment and its file."""
    path = config_path(environ)
    # Who named the settings file misses it where it is not there.
    named = path_from(environ, CONFIG) is not None
    # Path variables preset no flag, and an empty variable counts as absent.
    variables = {name: text for name, text in environ.items()
                 if name.startswith(PREFIX) and text and name not in PATH_VARIABLES}  # fmt: skip
    if is_absent(path) and not variables and not named:
        return Settings(path=str(path))
    # With wordings, TOML and every command: 60 ms that a run without settings has no use for.
    from voicecoach.cli.settings.reader import read_settings

    return read_settings(path, variables, command, named=named)


def _unread() -> int:
    """Whoever read the output has left: nothing is wrong, and nothing more can be said."""
    sys.stdout = None
    _lead_nowhere(1)
    return 0


def _failed(error: Exception, *, verbose: bool) -> int:
    """Tell of an error that nobody foresaw, or of an output that takes nothing more."""
    if isinstance(error, OSError) and error.filename is None and _is_output_stuck():
        _unread()
        what = f"the output cannot be written ({error.strerror}); free some space, or send it elsewhere"
    else:
        if verbose:
            _tell("".join(traceback.format_exception(error)).rstrip())
        named = f"{type(error).__name__}: {error}"
        what = f"an error of its own ({named}); please report it, with what --verbose adds"
    _tell(f"voicecoach: {what}")
    return 1


def _is_output_stuck() -> bool:
    """Whether nothing more can be printed: the error itself does not say what it was that failed."""
    try:
        if sys.stdout:
            sys.stdout.write("\n")
            sys.stdout.flush()
    except OSError:
        return True
    return False


def _worded(error: Any) -> UsageError | SystemExit:  # noqa: ANN401 - Typer has it from a Click of its own
    """Return a misuse of the command line as one sentence, which Typer would tell in four lines."""
    if type(error).__name__ == "NoArgsIsHelpError":
        _tell(error.format_message())
        return SystemExit(UsageError.exit_code)
    path = error.ctx.command_path if error.ctx else "voicecoach"
    found = _OFFERED.fullmatch(error.format_message().rstrip("."))
    assert found, "the first part takes whatever there is"  # noqa: S101
    what, near = found["what"], found["near"] or found["options"]
    return UsageError(what[:1].lower() + what[1:], f"did you mean {near}?" if near else f"`{path} --help` shows how")


def _tell(text: str) -> None:
    """Say the last words of a run, where there is still somebody to say them to."""
    with contextlib.suppress(ValueError, AttributeError):
        try:
            Terminal().tell(text)
        except OSError:
            # What is in its buffer would be tried again as the interpreter ends, which has its own exit code.
            _lead_nowhere(2)


def _lead_nowhere(number: int) -> None:
    """Let what is still written to standard output or error, 1 or 2, vanish."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
