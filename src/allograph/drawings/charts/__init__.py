"""Draw the answers of questions where a picture says more than a table.

The header of a question names a kind of plot and the columns that it shows. A reader for each kind
turns rows into marks, each with the scale that it stands over, and says of each row that it cannot
draw why not (``forest``, ``timeline``, ``effects``, ``bars``, ``evidence_map``). What is doubted
has letters (``doubting``). Marks are put in panels and in order (``arrange``) and laid out wide or
narrow (``layout``) from parts that know their SVG (``svg``), of which ``png`` makes PNG;
``answers`` does all of it for an answer.
"""
