"""Heat maps as tables, and as files."""

from uuid import uuid4

from coursework.insights.heat import Cell, Column, Learner, Shade, heat_table, weak_in
from coursework.insights.table_csv import heat_csv

ANA, BO = (Learner(n, uuid4(), name) for n, name in enumerate(("Ana", "=Bo")))
COLUMNS = [Column("s", "/s/", title="s"), Column("θ", "/θ/", title="θ")]
CELLS = {
    (ANA.id, "s"): Cell(Shade.GOOD, "96", "fine", 0.0, False),
    (ANA.id, "θ"): Cell(Shade.WEAK, "41", "weak", 0.4, False),
    (BO.id, "θ"): Cell(Shade.WEAK, "22", "weaker", 0.6, False),
}


def test_the_column_that_matters_most_comes_first() -> None:
    heat = heat_table("sounds", [ANA, BO], COLUMNS, CELLS)
    assert [(one.column.key, one.n_weak) for one in heat.columns] == [
        ("θ", 2),
        ("s", 0),
    ]
    assert [one.cell.text for one in heat.rows[0].cells] == ["41", "96"]
    assert heat.rows[1].cells[1].cell.is_empty


def test_what_has_no_room_is_told() -> None:
    heat = heat_table("sounds", [ANA], COLUMNS, CELLS, most=1)
    assert (len(heat.columns), heat.n_columns) == (1, 2)


def test_can_dos_keep_the_order_of_their_course() -> None:
    heat = heat_table("can-dos", [ANA], COLUMNS, CELLS, by_need=False)
    assert [one.column.key for one in heat.columns] == ["s", "θ"]


def test_the_weakest_learner_is_first_in_a_column() -> None:
    assert weak_in("θ", [ANA, BO], CELLS) == [BO, ANA]


def test_a_map_of_nobody_is_empty() -> None:
    assert heat_table("sounds", [ANA], COLUMNS, {}).is_empty


def test_a_file_holds_no_formula() -> None:
    text = heat_csv(heat_table("sounds", [ANA, BO], COLUMNS, CELLS))
    assert text.splitlines()[1:] == ["Ana,41,96", "'=Bo,22,"]
