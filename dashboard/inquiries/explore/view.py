"""What is asked for on the page that explores the figures: one frozen choice, and how it stands in an address."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

MEASURES = ("count", "index", "expected", "share")
PERIODS = ("month", "quarter", "year", "phase")
FORMS = ("lines", "same", "heat", "small", "slope", "table")

# The phase that is no period of its own: the whole years before the first closing.
BEFORE = "baseline"


@dataclass(frozen=True)
class View:
    """A measure of one source by period, of all or of one value, and by the values of a dimension.

    `by` is a dimension, or a dimension and a group whose parts are shown (`inquirer.professional`,
    `municipality.nordjylland`); `only` is a dimension and its value (`channel.phone`). `first` and
    `last` are months such as 2020-04, or phases where the period is one; empty for as far as there is.
    """

    source: str
    measure: str = "count"
    by: str = ""
    only: str = ""
    period: str = "month"
    form: str = "lines"
    first: str = field(default="", metadata={"param": "from"})
    last: str = field(default="", metadata={"param": "to"})

    @property
    def dimension(self) -> str:
        """The dimension of the breakdown; empty without one."""
        return self.by.partition(".")[0]

    @property
    def group(self) -> str:
        """The group whose parts are shown; empty for the values that are no part of another."""
        return self.by.partition(".")[2]

    @property
    def chosen(self) -> tuple[str, str]:
        """The dimension and the value that figures are of; two empty texts for all."""
        dimension, _, value = self.only.partition(".")
        return dimension, value

    def params(self) -> dict[str, str]:
        """What differs from the default, by the names of an address; the source has a name of its own there."""
        plain = View(self.source)
        return {
            name: getattr(self, attribute)
            for name, attribute in PARAMS.items()
            if getattr(self, attribute) != getattr(plain, attribute)
        }


# The names of an address, each with what it sets.
PARAMS = {one.metadata.get("param", one.name): one.name for one in fields(View)[1:]}
