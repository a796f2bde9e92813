"""One `--set` changes one thing, and says which row it could mean."""

import copy
from datetime import date
from typing import Any

import pytest

from talkstrack.cli.entering.assignments import apply_set
from talkstrack.ledger.intake.values import EntryError
from talkstrack.model.entries import Party, Person
from talkstrack.model.register import Register

EVENT: dict[str, Any] = {
    "id": "x",
    "title": "t",
    "by": "putin",
    "tags": ["a", "b"],
    "transfer": [
        {"to": "UKR", "count": 3, "by": "UKR"},
        {"to": "UKR", "count": 4, "by": "RUS", "parts": {"military": 4}},
        {"to": "RUS", "count": 5, "note": "n"},
    ],
    "claim": [{"by": "zelenskyy", "nth": 9}],
    "extra": {"a": {"b": 1}},
}
REGISTER = Register(
    {"UKR": Party(name="Ukraine", aliases=("Kyiv",)), "RUS": Party(name="Russia")},
    {"zelenskyy": Person(name="Volodymyr Zelenskyy", party="UKR")},
)


def rows(*changed: tuple[int, dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = copy.deepcopy(EVENT["transfer"])
    for place, row in changed:
        rows[place] = row
    return rows


@pytest.mark.parametrize(
    ("setting", "changed"),
    [
        ("title=new = one", {"title": "new = one"}),
        ("title =  spaced ", {"title": "spaced"}),
        ("round=3", {"round": 3}),
        ("date=[2025-05-10,2025-05-11]", {"date": "[2025-05-10,2025-05-11]"}),
        ("tags=c,d", {"tags": ["c", "d"]}),
        ("tags+=b,c", {"tags": ["a", "b", "c"]}),
        ("tags-=a", {"tags": ["b"]}),
        ("tags=", {"tags": None}),
        ("tags-=a,b", {"tags": None}),
        ("by+=RUS", {"by": ["putin", "RUS"]}),
        ('tags=["a, b"]', {"tags": ["a, b"]}),
        ("title=", {"title": None}),
        ("transfer.UKR@RUS.count=over 1248", {"transfer": rows((1, {**EVENT["transfer"][1], "count": ">1248"}))}),
        ("transfer.Kyiv@Russia.count=7", {"transfer": rows((1, {**EVENT["transfer"][1], "count": 7}))}),
        ("transfer.rus.count=9", {"transfer": rows((2, {"to": "RUS", "count": 9, "note": "n"}))}),
        ("transfer.RUS@.note=", {"transfer": rows((2, {"to": "RUS", "count": 5}))}),
        ("transfer.3.note=m", {"transfer": rows((2, {"to": "RUS", "count": 5, "note": "m"}))}),
        ('transfer.3.under=""', {"transfer": rows((2, {"to": "RUS", "count": 5, "note": "n", "under": ""}))}),
        (
            "transfer.2.parts.civilian=1",
            {"transfer": rows((1, {**EVENT["transfer"][1], "parts": {"military": 4, "civilian": 1}}))},
        ),
        ("transfer.2.parts.military=", {"transfer": rows((1, {"to": "UKR", "count": 4, "by": "RUS"}))}),
        ("transfer.1.parts=a:1,b:2", {"transfer": rows((0, {**EVENT["transfer"][0], "parts": {"a": 1, "b": 2}}))}),
        ("transfer.1.described_as+=sick", {"transfer": rows((0, {**EVENT["transfer"][0], "described_as": ["sick"]}))}),
        ("transfer+=to=USA count=1", {"transfer": [*rows(), {"to": "USA", "count": 1}]}),
        ("transfer=to=USA count=1", {"transfer": [{"to": "USA", "count": 1}]}),
        ("transfer.UKR@UKR=to=UKR count=8", {"transfer": rows((0, {"to": "UKR", "count": 8}))}),
        ("transfer.2=", {"transfer": [rows()[0], rows()[2]]}),
        ("transfer=", {"transfer": None}),
        ("claim.zelenskyy.nth=10", {"claim": [{"by": "zelenskyy", "nth": 10}]}),
        ("claim.zelenskyy=", {"claim": None}),
        ("claim.nth=10", {"claim": [{"by": "zelenskyy", "nth": 10}]}),
        ("deadline.outcome=lapsed", {"deadline": [{"outcome": "lapsed"}]}),
        ("extra.a.b=2025-05-16", {"extra": {"a": {"b": date(2025, 5, 16)}}}),
        ("extra.c=5", {"extra": {"a": {"b": 1}, "c": 5}}),
        ("extra.c=nan", {"extra": {"a": {"b": 1}, "c": "nan"}}),
        ("extra.c=no # comment", {"extra": {"a": {"b": 1}, "c": "no # comment"}}),
        ('extra.c="5"', {"extra": {"a": {"b": 1}, "c": "5"}}),
        ("extra.a.b=", {"extra": None}),
        ("extra=", {"extra": None}),
    ],
)
def test_one_thing_is_set(setting: str, changed: dict[str, Any]) -> None:
    before = copy.deepcopy(EVENT)
    wanted = {key: value for key, value in {**EVENT, **changed}.items() if value is not None}
    assert apply_set(EVENT, setting, REGISTER) == wanted
    assert before == EVENT


CHOICES = "there is transfer.1 (UKR@UKR), transfer.2 (UKR@RUS), transfer.3 (RUS)"


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        ("title", "--set 'title' sets nothing", "write --set FIELD=VALUE, or FIELD= to remove it"),
        ("=x", "--set '=x' sets nothing", "write --set FIELD=VALUE, or FIELD= to remove it"),
        ("titel=x", "an event has no field titel", "did you mean `title`?"),
        ("id=y", "id cannot be set", "an id is chosen once and never changed"),
        ("retracted=true", "retracted cannot be set", "use talkstrack retract ID"),
        ("title+=x", "title is not a list", "title=x sets it"),
        ("tags-=z", "tags has no z", "it has a, b"),
        ("transfer.UKR.count=3", "transfer.UKR means 2 rows of the event", CHOICES),
        ("transfer.USA.count=3", "transfer.USA means no row of the event", CHOICES),
        ("transfer.count=3", "transfer means 3 rows of the event", CHOICES),
        ("transfer.9.count=3", "there is no transfer 9", CHOICES),
        ("transfer.0.count=3", "there is no transfer 0", CHOICES),
        ("transfer.UKR.cuont=3", "a transfer has no field cuont", "did you mean `count`?"),
        ("transfer.cuont=3", "a transfer has no field cuont", "did you mean `count`?"),
        ("office.umerov.title=x", "office.umerov means no row of the event", "office+='KEY=VALUE ...' adds one"),
        (
            "transfer.1.count=",
            "the count after transfer.count= is empty",
            "the shell takes > and ~ for itself: quote the whole argument, or use words: transfer.count=over-1000",
        ),
        ("transfer-=x", "transfer-= takes nothing away", "a row is removed by its number: transfer.1="),
        ("transfer.1+=x", "transfer.1 is a row, not a list", "transfer+='...' adds a row"),
        ("extra.=x", "extra. names no field", "write --set extra.NAME=VALUE"),
        ("extra=x", "extra has fields of its own", "name one: extra.FIELD=VALUE"),
    ],
)
def test_what_cannot_be_set_is_told(setting: str, message: str, hint: str) -> None:
    with pytest.raises(EntryError) as caught:
        apply_set(EVENT, setting)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_several_settings_make_a_new_row() -> None:
    table = apply_set(apply_set({"id": "x"}, "response.by=RUS"), "response.answer=rejected")
    assert table == {"id": "x", "response": [{"by": "RUS", "answer": "rejected"}]}
