"""What is on screen of the drop: which phase, all or one group, and which dimension to break down by."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

import links
from inquiries.drop import choosable_phases
from inquiries.facts import MAIN_PHASE
from inquiries.vocabulary import DIMENSIONS, registered_dimensions
from session import View

ALL = "all"


@dataclass(frozen=True)
class Chosen:
    """A phase, and a dimension with one of its values; two empty texts for all."""

    phase: str
    group: tuple[str, str]


def choose(view: View) -> Chosen:
    """The phase and the group, from the link or the lists."""
    for_phase, for_group = st.columns(2)
    with for_phase:
        phase = _choose_phase(view)
    with for_group:
        group = _choose_group(view)
    return Chosen(phase, group)


def choose_dimension(view: View) -> str | None:
    """The dimension that groups are broken down by, under its heading; None for a source that registers none."""
    st.subheader(view.words("drop.groups_title"), anchor=False)
    chosen = pick_dimension(view)
    if chosen is None:
        st.markdown(view.words("drop.groups_none"))
    return chosen


def pick_dimension(view: View, name: str = "by", first: str = "") -> str | None:
    """The choice alone, as `name` in the link; `first` is chosen until something else is, where the source has it."""
    words, dimensions = view.words, _dimensions(view)
    if not dimensions:
        return None
    default = first if first in dimensions else dimensions[0]
    links.seed(name, dimensions, default)
    chosen = st.segmented_control(
        words("drop.groups_by"),
        dimensions,
        format_func=lambda dimension: words(f"dimension.{dimension}"),
        required=True,
        wrap=True,  # on a telephone the last would else be out of sight
        key=name,
    )
    links.keep(name, chosen, default)
    return chosen or default


def _choose_phase(view: View) -> str:
    phases = choosable_phases(view.ask("release/phases"))
    first = MAIN_PHASE if MAIN_PHASE in phases else next(iter(phases))
    links.seed("phase", list(phases), first)
    chosen = st.selectbox(
        view.words("drop.phase"),
        list(phases),
        format_func=lambda name: view.words.of(phases[name], "label"),
        key="phase",
    )
    links.keep("phase", chosen, first)
    return chosen or first


def _choose_group(view: View) -> tuple[str, str]:
    names = {ALL: view.words("drop.everyone", unit=_unit(view))} | _groups(view)
    links.seed("group", list(names), ALL)
    chosen = st.selectbox(
        view.words("drop.who"), list(names), format_func=names.__getitem__, key="group"
    )
    links.keep("group", chosen, ALL)
    if chosen in (None, ALL):
        return "", ""
    dimension, _, value = chosen.partition(".")
    return dimension, value


def _groups(view: View) -> dict[str, str]:
    """Every value of every dimension the source registers, by the id it has in a link."""
    words = view.words
    return {
        f"{dimension}.{label.code}": words(
            "drop.in_group",
            dimension=words(f"dimension.{dimension}"),
            group=words.of(label, "label"),
        )
        for dimension in _dimensions(view)
        for label in view.ask("release/labels", dimension=dimension).itertuples()
    }


def _dimensions(view: View) -> list[str]:
    """The dimensions that the source registers and a phase is compared by."""
    assert view.release is not None and view.source is not None
    registered = registered_dimensions(view.release.sources[view.source].columns.split())
    return [dimension for dimension in registered if dimension in DIMENSIONS]


def _unit(view: View) -> str:
    assert view.release is not None and view.source is not None
    return view.words(f"unit.{view.release.sources[view.source].unit}")
