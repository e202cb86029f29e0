"""Which tables rest on which: found once for all parts of a project, and as by comparing each with each."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.declared.needed import Needs, words_in

NAMES = ["pay", "Pay_2", "jobs", "towns", "women"]
FIELDS = ["job", "Job_title", "job title", "salary", "town", "year", ""]
tables = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(
        st.dictionaries(st.sampled_from(FIELDS[:-1]), st.sampled_from(FIELDS), min_size=1, max_size=4),
        st.sets(st.sampled_from(["a.csv", "b.csv"]), max_size=2),
        st.sampled_from(["", *NAMES]),
    ),
    min_size=1,
)


def needs_of(said: dict[str, tuple[dict[str, str], set[str], str]]) -> Needs:
    settings: Any = SimpleNamespace(
        tables={
            name: SimpleNamespace(
                fields={field: SimpleNamespace(title=title) for field, title in fields.items()}, origins=origins
            )
            for name, (fields, origins, _) in said.items()
        }
    )
    return Needs(settings, {name: {"from": source} for name, (_, _, source) in said.items()})


def names_of(field: str, title: str) -> set[str]:
    return {field.replace("_", " ").casefold(), title.casefold()} - {""}


def compared(one: Any, other: Any) -> bool:
    """Two fields of one that the other has too, by name or title; or one file."""
    theirs = {name for field, title in other[0].items() for name in names_of(field, title)}
    return bool(one[1] & other[1]) or sum(bool(names_of(*field) & theirs) for field in one[0].items()) > 1


@given(tables, st.sets(st.sampled_from([name.casefold() for name in NAMES])))
def test_a_table_brings_what_it_names_and_what_is_compared_with_it(said: Any, words: set[str]) -> None:
    def with_named(found: set[str]) -> set[str]:
        asked = {word for name in found for word in words_in(said[name][2])}
        more = found | {name for name in said if name.casefold() in asked}
        return more if more == found else with_named(more)

    asked = with_named({name for name in said if name.casefold() in words})
    beside = {name for name in said if any(compared(said[one], said[name]) for one in asked)} - asked
    assert needs_of(said).tables(words) == asked | with_named(beside)
