"""What a knob of a session is: one row from which all that reads, keeps, tells or completes it is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from voicecoach.errors import plain
from voicecoach.model import Pacing


class KnobError(ValueError):
    """A value that a knob does not take: `what` is wrong, and a `hint` at what could be written."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what, hint)
        self.what, self.hint = what, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A flag by its long name without dashes, and the `field` of `Pacing` that it sets.

    The flag of a dose sets no field of its own, but an `Override` of all exercises or of one. `said` is how
    to say what the flag may be, `offered` what a shell offers to write, `touches` what it changes.
    `default` is what holds unless the flag is given, as it would be written; nothing where there is none.
    """

    flag: str
    field: str
    metavar: str
    help: str
    touches: str
    read: Callable[[str], Any]
    said: str = ""
    default: str = ""
    limits: tuple[float, float] | None = None
    offered: tuple[str, ...] = ()
    compose: Callable[[Any], str] = str
    restore: Callable[[Any], Any] = lambda value: value
    numbers: Callable[[Any], Iterable[object]] = lambda value: (value,)

    @property
    def name(self) -> str:
        """The flag as Python names it: `lead_in`."""
        return self.flag.replace("-", "_")

    @property
    def is_dose(self) -> bool:
        """Whether it can be given for one exercise, and more than once."""
        return self.field == "overrides"

    def parse(self, text: str) -> Any:  # noqa: ANN401 - each knob has a type of its own
        """Read what a person wrote; raises KnobError."""
        try:
            value = self.read(text)
        except KnobError:
            raise
        except ValueError:
            raise KnobError(f'"{plain(text)}" cannot be read', f"write {self.said}") from None
        if not self.takes(value):
            raise KnobError(f"{plain(text)} is out of reach", f"write {self.said}")
        return value

    def takes(self, value: Any) -> bool:  # noqa: ANN401 - it may come from a damaged file
        """Whether a value is one that the flag can bring about; raises where it is no such thing at all."""
        if value is None:
            return not self.default or "off" in self.offered
        if self.limits is None:
            return self.compose(value) in self.offered
        least, most = self.limits
        # True and False are numbers to Python, and NaN is within no limits.
        return all(type(each) in {int, float} and least <= each <= most for each in self.numbers(value))  # type: ignore[operator]

    def words(self, pacing: Pacing) -> Iterator[str]:
        """Yield what a pacing says of this knob: "pace 0.85", "hold 20s for Child's pose"."""
        if self.is_dose:
            for each in pacing.overrides:
                if each.field == self.flag:
                    whose = f" for {plain(each.exercise)}" if each.exercise else ""
                    yield f"{self.flag} {self.compose(each.value)}{whose}"
        elif (value := getattr(pacing, self.field)) is not None or self.default:
            yield f"{self.flag} {self.compose(value)}"
