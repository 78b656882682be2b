"""What every part of a plan file is: strict about its keys, and lenient about one value where a list may stand."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def listed(value: object) -> object:
    """One value, or one entry, as a list of it."""
    return [value] if isinstance(value, str | dict) else value


Text = Annotated[str, Field(min_length=1)]
Values = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Strict(BaseModel):
    """Unknown keys are refused; a key without a value is as good as left out, unless that says something."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    meaningful_when_blank: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: v for key, v in value.items() if v is not None or key in cls.meaningful_when_blank}
