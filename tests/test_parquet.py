"""Parquet is read back by DuckDB as it was written, each column with its type."""

import io
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allograph.tables.fields import FIELD_TYPES, Field
from allograph.tables.parquet import ROWS_IN_A_GROUP, write_parquet
from allograph.tables.thrift import encoded, varint

FIELDS = [Field(name, name, "", name, "") for name in FIELD_TYPES]
TYPES = {
    "text": "VARCHAR",
    "iri": "VARCHAR",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "decimal": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
NOTHING = [None] * len(FIELDS)
FULL = ["=1\té", "urn:x", Decimal("12.0"), -(2**63), Decimal("-3.2"), date(1816, 6, 12), True]


@pytest.fixture
def read(tmp_path):
    def read(rows, fields=FIELDS, **about):
        path = tmp_path / "t.parquet"
        with path.open("wb") as file:
            write_parquet(fields, rows, file, about)
        return duckdb.sql(f"SELECT * FROM '{path}'")

    return read


def test_each_column_has_its_type_even_where_it_is_empty(read):
    for rows in ([], [NOTHING]):
        answer = read(rows)
        assert dict(zip(answer.columns, map(str, answer.types), strict=True)) == TYPES
        assert answer.fetchall() == [tuple(row) for row in rows]


def test_values_and_gaps_are_read_back_as_they_were(read):
    rows = [FULL, NOTHING, ["", "", Decimal(0), 0, Decimal(7), date(1, 1, 1), False]]
    expected = [
        tuple(float(value) if isinstance(value, Decimal) else value for value in row)
        for row in rows
    ]
    assert read(rows).fetchall() == expected


def test_a_table_of_several_groups_of_rows_is_whole(read):
    number = 2 * ROWS_IN_A_GROUP + 3
    answer = read([*FULL[:3], row, *FULL[4:]] for row in range(number))
    assert answer.aggregate("count(*), sum(integer), count(DISTINCT date)").fetchall() == [
        (number, number * (number - 1) // 2, 1)
    ]


def test_the_file_says_what_it_is(read, tmp_path):
    read([FULL], notice="no advice", release="1.0")
    path = tmp_path / "t.parquet"
    said = duckdb.sql(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}')")
    assert dict(said.fetchall()) == {"notice": "no advice", "release": "1.0"}


@given(st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"))), max_size=40))
def test_any_text_is_read_back(texts):
    output = io.BytesIO()
    write_parquet([Field("a", "", "", "text", "")], ([text] for text in texts), output, {})
    assert output.getvalue()[:4] == output.getvalue()[-4:] == b"PAR1"


@pytest.mark.parametrize("number", [1, 7, 8, 9, 1000])
def test_gaps_at_the_edges_of_bytes_stay_where_they_are(read, number):
    fields = [Field("a", "", "", "boolean", "")]
    rows = [[None if place % 3 else place % 2 == 0] for place in range(number)]
    assert read(rows, fields).fetchall() == [tuple(row) for row in rows]


def test_thrift_counts_as_its_specification_does():
    assert [varint(number) for number in (0, 127, 128, 300)] == [
        b"\x00",
        b"\x7f",
        b"\x80\x01",
        b"\xac\x02",
    ]
    assert encoded({1: 1, 2: None, 4: "a"}) == b"\x15\x02\x38\x01a\x00"
    assert encoded({1: [1] * 15}) == b"\x19\xf5\x0f" + b"\x02" * 15 + b"\x00"
    with pytest.raises(ValueError, match="does not come after"):
        encoded({2: 1, 1: 1})
