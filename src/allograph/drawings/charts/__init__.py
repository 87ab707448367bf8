"""Draw the answers of questions where a picture says more than a table.

The header of a question names a kind of plot and the columns that it shows (``header``). A reader
for each kind turns rows into marks, and says of each row that it cannot draw why not (``forest``,
``timeline``, ``bars``, ``evidence_map``). Marks become a Vega-Lite specification (``layout``),
and that becomes SVG in one place (``render``), without a browser and without the network.
"""
