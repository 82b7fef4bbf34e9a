"""Which choices go together: the view of an address, put right, and what can be chosen beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Literal

from inquiries.explore.offered import Offered
from inquiries.explore.view import BEFORE, FORMS, MEASURES, PARAMS, PERIODS, View
from inquiries.facts import MAIN_PHASE

# So many lines can be told apart by a name beside each; so many small figures fit a page.
MOST_LINES, MOST_PANELS = 4, 30

# Why a part of what was asked for is not what is shown: a code, and the facts of its sentence.
NoteCode = Literal[
    "unknown",
    "outside",
    "not_registered",
    "same",
    "municipality_alone",
    "municipality_month",
    "no_phases",
    "share_of_all",
]
Note = tuple[NoteCode, Mapping[str, str]]
Rule = Callable[[View], tuple[View, Note | None]]


def view_of(params: Mapping[str, str], offered: Offered) -> tuple[View, tuple[Note, ...]]:
    """The view of an address, and what of it could not be shown.

    A choice that the source does not offer is as if it were not there.
    """
    asked = {PARAMS[name]: value for name, value in params.items() if name in PARAMS and value}
    known = {name: value for name, value in asked.items() if _is_known(name, value, offered)}
    unknown = _unknown(asked.keys() - known.keys(), asked, offered)
    view, notes = settled(View(offered.source, **known), offered)
    return view, unknown + notes


def settled(view: View, offered: Offered) -> tuple[View, tuple[Note, ...]]:
    """A view whose choices go together, and what was put right for it.

    Municipalities are shown alone and not by month, a breakdown by what is chosen already is none,
    and a form that cannot show what is asked for gives way to the first that can.
    """
    notes: tuple[Note, ...] = ()
    phased, drawable, spanned = (partial(rule, offered) for rule in (_phased, _drawable, _spanned))
    for rule in (_alone, _not_by_month, phased, _shareable, drawable, spanned):
        view, note = rule(view)
        notes += (note,) if note else ()
    return view, notes


def forms_for(view: View, offered: Offered) -> tuple[str, ...]:
    """The forms that can show a view, in the order they are offered."""
    if not view.by:
        by_month = view.period in ("month", "quarter")
        return ("lines", "same", "heat", "table") if by_month else ("lines", "table")
    left_out = {"same"}
    if view.period == "phase":
        left_out.add("small")
    if len(offered.codes(view.by)) > MOST_PANELS:
        left_out |= {"lines", "small"}
    if not offered.has_phases:
        left_out.add("slope")
    return tuple(form for form in FORMS if form not in left_out)


def periods_for(view: View, offered: Offered) -> tuple[str, ...]:
    """The periods that a view is shown for; municipalities have none of a month."""
    left_out = set() if offered.has_phases else {"phase"}
    if "municipality" in (view.dimension, view.chosen[0]):
        left_out.add("month")
    return tuple(period for period in PERIODS if period not in left_out)


def measures_for(view: View) -> tuple[str, ...]:
    """The measures that mean something: all is no share of itself."""
    return tuple(one for one in MEASURES if one != "share" or view.by or view.only)


def newest_first(before: View, asked: View) -> View:
    """What is asked for after another view: the choice that is new stays, and what it cannot go with gives way."""
    if asked.only != before.only and not _go_together(asked):
        return replace(asked, by="")
    if asked.by != before.by and not _go_together(asked):
        return replace(asked, only="")
    if asked.form == before.form == "slope" and asked.period != before.period:
        return replace(asked, form="lines", first="", last="")
    if before.form == "slope" != asked.form:
        return replace(asked, first="", last="")
    return asked


def _is_known(name: str, value: str, offered: Offered) -> bool:
    options = {
        "measure": MEASURES,
        "period": PERIODS,
        "form": FORMS,
        "by": offered.breakdowns,
        "only": offered.choices,
    }
    return value in options.get(name, (*offered.months, *offered.phases))


def _unknown(names: set[str], asked: Mapping[str, str], offered: Offered) -> tuple[Note, ...]:
    """That something is not in the lists: a dimension the source has not, months beyond it, or nonsense."""
    dimensions = {asked[name].partition(".")[0] for name in names & {"by", "only"}}
    missing = [one for one in offered.not_registered if one in dimensions]
    if missing:
        return (("not_registered", {"dimension": missing[0]}),)
    if not names:
        return ()
    return (("outside", {}),) if names <= {"first", "last"} else (("unknown", {}),)


def _alone(view: View) -> tuple[View, Note | None]:
    """At most two dimensions, not the same one twice, and a municipality with no other."""
    if _go_together(view):
        return view, None
    if view.dimension == view.chosen[0]:
        return replace(view, by=""), ("same", {"dimension": view.dimension})
    return replace(view, only=""), ("municipality_alone", {})


def _go_together(view: View) -> bool:
    """Whether there are cells of what is chosen by what it is broken down by."""
    dimensions = (view.dimension, view.chosen[0])
    return not all(dimensions) or (len(set(dimensions)) == 2 and "municipality" not in dimensions)


def _not_by_month(view: View) -> tuple[View, Note | None]:
    if "municipality" in (view.dimension, view.chosen[0]) and view.period == "month":
        return replace(view, period="year"), ("municipality_month", {})
    return view, None


def _phased(offered: Offered, view: View) -> tuple[View, Note | None]:
    """A slope lies between two phases; a source that has reported none is shown by month."""
    if view.form == "slope" and view.by and offered.has_phases:
        return replace(view, period="phase"), None
    if view.period == "phase" and not offered.has_phases:
        return replace(view, period="month"), ("no_phases", {})
    return view, None


def _shareable(view: View) -> tuple[View, Note | None]:
    if view.measure in measures_for(view):
        return view, None
    return replace(view, measure="count"), ("share_of_all", {})


def _drawable(offered: Offered, view: View) -> tuple[View, Note | None]:
    forms = forms_for(view, offered)
    if view.form in forms:
        return view, None
    # The ends of a slope say nothing of another form.
    ends = {"first": "", "last": ""} if view.form == "slope" else {}
    return replace(view, form=forms[0], **ends), None


def _spanned(offered: Offered, view: View) -> tuple[View, Note | None]:
    """The ends are of the period's kind and in their order, with something between them; of a slope they are said."""
    order = offered.phases if view.period == "phase" else offered.months
    is_slope = view.form == "slope"
    usual = (BEFORE, MAIN_PHASE) if is_slope else (order[0], order[-1])
    first, last = view.first or usual[0], view.last or usual[1]
    is_between = first != last or not is_slope
    if {first, last} <= set(order) and is_between and offered.holds(view.period, first, last):
        return (replace(view, first=first, last=last) if is_slope else view), None
    of_other_kind = {view.first, view.last} - {"", *order}
    whole = dict(zip(("first", "last"), usual if is_slope else ("", ""), strict=True))
    return replace(view, **whole), None if of_other_kind else ("outside", {})
