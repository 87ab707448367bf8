"""Reading a release: what is shown, found and told of it, for pages, command line and programs.

Functions of a ``Reader`` (a release, its questions and names, and the store that is asked), given
as the first argument: nothing here knows HTTP, and no address is made here. Touch it for what is
said of a record, an answer or the ontology; how it looks is decided in the templates of ``web``.

::

    reader, names, described, listing    what all others stand on: how it is asked, how it is called
    record, reach, groups, figures       one record: what belongs to it, who was counted, in words
    outcomes, compared, efficacy         in which order, against whom, and in brief
    known_from, asked_of                 which reports were read, and which questions lead on
    place, elsewhere, weights            one figure: where it is printed, where else, how doubted
    answers, behind, controls            a question: its rows, what stands behind them, its sentence
    summary                              a drug in one table: a Summary of Findings
    taking                               an answer as a file: sheets, documents, tables, pictures
    citation, snippets, completeness     one answer: how it is cited, asked elsewhere, and whole
    ontology, shapes_in_words            the ontology, and what must hold of its classes
    terms_in_use, counted, contents      what the release holds, and how much of it
    schema_in_use, starters              what queries are written with, and five to begin with
    unknown_terms                        names in a query that stand nowhere, and the nearest
    glance, ledger, badges               the studies at a glance; all doubts, and those of one part
    search                               finding what was meant, as people speak
    schema_org, dataset, registers       the same in the words of others
"""
